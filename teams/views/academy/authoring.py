"""A module's texts: what is in force, what is under way, writing one and answering one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions.academy import authoring as actions
from teams.forms.academy.curriculum import (
    LanguageForm,
    OwnerForm,
    ReturnForm,
    SeenTextForm,
    TextForm,
)
from teams.models import LearningModule, ModuleText
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.permissions.academy import CURRICULUM, acts_in_academy
from teams.permissions.curriculum import may_answer, may_keep, may_write
from teams.queries.academy import texts as queries


def _module(request, code) -> tuple[LearningModule, frozenset[str]]:
    module = get_object_or_404(LearningModule.objects.select_related("owner"), code=code)
    acts = acts_in_academy(request.user)
    require(may_write(request.user, module, acts))
    return module, acts


@require_safe
def texts(request, code):
    """All versions in all languages, who wrote and who approved them."""
    module, acts = _module(request, code)
    context = {
        "acts": acts,
        "module": module,
        "texts": queries.of_module(module, request.user),
        "keeps": may_keep(request.user, module, acts),
        "names_owner": CURRICULUM in acts,
        "owner_form": OwnerForm(initial={"owner": module.owner}),
        "review_form": OnceForm(auto_id="review_%s"),
        "use_form": OnceForm(auto_id="use_%s"),
        "language_form": LanguageForm(),
        "core_language": CORE_LANGUAGE,
    }
    return render(request, "teams/academy/curriculum/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, code):
    """Write: begins from the text in force or one's own draft, and keeps a draft."""
    module, acts = _module(request, code)
    language = request.GET.get("language", CORE_LANGUAGE)
    if language != CORE_LANGUAGE and not LanguageForm({"language": language}).is_valid():
        raise Http404
    draft = queries.own_draft(module, language, request.user)
    if draft is not None and draft.state == TextState.PROPOSED:
        return redirect("teams:module-text", draft.pk)
    if request.method == "POST":
        form = TextForm(request.POST)
        if form.is_valid():
            draft = actions.save_draft(
                module, language=language, source=form.source, by=request.user
            )
            return redirect("teams:module-text", draft.pk)
    else:
        begun = queries.pieces(draft.source) if draft else queries.begin(module, language)
        form = TextForm(initial=dict(zip(("front", "body"), begun, strict=True)))
    context = {"acts": acts, "module": module, "language": language, "draft": draft, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/curriculum/edit.html", context, status=status)


def _text(request, pk) -> tuple[ModuleText, frozenset[str]]:
    """A draft is its author's alone; what was proposed once, is for those who write."""
    rows = ModuleText.objects.select_related("module__owner", "author", "approved_by")
    text = get_object_or_404(rows, pk=pk)
    acts = acts_in_academy(request.user)
    require(may_write(request.user, text.module, acts))
    if text.state in queries.UNDER_WAY and text.author_id != request.user.pk:
        raise Http404
    return text, acts


@require_safe
def text(request, pk):
    """What is changed, how readers would have it, what is wrong, and the answer to it."""
    it, acts = _text(request, pk)
    is_mine = it.author_id == request.user.pk
    is_open = it.state in (*queries.UNDER_WAY, TextState.PROPOSED)
    problems = actions.problems(it) if is_open else []
    before = queries.before(it)
    context = {
        "acts": acts,
        "text": it,
        "module": it.module,
        "is_mine": is_mine,
        "is_open": is_open,
        "problems": problems,
        "changes": list(queries.compared(before, it.source)) if before else [],
        "lesson": queries.preview(it, request.user) if is_open and not problems else None,
        "may_answer": it.state == TextState.PROPOSED and may_answer(request.user, it, acts),
        "seen_form": SeenTextForm.fresh(it),
        "return_form": ReturnForm.fresh(it),
    }
    return render(request, "teams/academy/curriculum/text.html", context)


@require_POST
@once
def proposal(request, pk):
    """Ask a colleague; or, where it is proposed already, take it back to go on writing."""
    it, _acts = _text(request, pk)
    require(it.author_id == request.user.pk)
    seen = SeenTextForm.seen(request.POST)
    if it.state == TextState.PROPOSED:
        actions.take_back(it, by=request.user, **seen)
        messages.success(request, _("Your text is a draft again."))
    else:
        actions.propose(it, by=request.user, **seen)
        messages.success(request, _("Your text waits for a colleague."))
    return redirect("teams:module-text", pk)


@require_POST
@once
def approval(request, pk):
    """Bring it into force; its author never may."""
    it, acts = _text(request, pk)
    require(may_answer(request.user, it, acts))
    actions.approve(it, by=request.user, **SeenTextForm.seen(request.POST))
    messages.success(request, _("The text is in force."))
    return redirect("teams:module-texts", it.module.code)


@require_POST
@once
def send_back(request, pk):
    """Return it with a remark."""
    it, acts = _text(request, pk)
    require(may_answer(request.user, it, acts))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        context = {"acts": acts, "text": it, "module": it.module, "form": form}
        return render(request, "teams/academy/curriculum/return.html", context, status=422)
    actions.send_back(it, by=request.user, **form.given())
    messages.success(request, _("The text was returned to its author."))
    return redirect("teams:module-texts", it.module.code)


@require_POST
@once
def removal(request, pk):
    """The author gives a draft up."""
    it, _acts = _text(request, pk)
    require(it.author_id == request.user.pk)
    actions.discard(it, by=request.user, **SeenTextForm.seen(request.POST))
    messages.success(request, _("The draft is gone."))
    return redirect("teams:module-texts", it.module.code)
