"""Who may be tried out in the demonstration company: one person per role, one password."""

from django.utils.translation import gettext_lazy as _

PASSWORD = "norvane-demo-2026"  # noqa: S105 - public, and only set on the demonstration's people

SIGN_INS = (
    ("samuel.okafor@norvane.example", PASSWORD, _("secretary of the boards")),
    ("rajesh.menon@norvane.example", PASSWORD, _("chair of the optical board")),
    ("henrik.aas@norvane.example", PASSWORD, _("member of all boards, finance")),
    ("priya.nair@norvane.example", PASSWORD, _("member of all boards, R&D")),
    ("sofia.marin@norvane.example", PASSWORD, _("leader of a product team (Fjord, at its PDCP)")),
    ("arjun.pillai@norvane.example", PASSWORD, _("core team member, system engineering (Fjord)")),
    ("nurul.aziz@norvane.example", PASSWORD, _("leader of technical reviews, optical")),
    ("eva.malmsten@norvane.example", PASSWORD, _("quality assurance, organiser of reviews")),
    ("astrid.holmqvist@norvane.example", PASSWORD, _("chief executive")),
    ("nikhil.rao@norvane.example", PASSWORD, _("no seat anywhere: sees no confidential product")),
)
