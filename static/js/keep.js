// Brings an answer of live.js into the page. What a person holds (typed text, an open dialog,
// the field they are in) is never replaced; around it, children with ids are updated one by one.
// Only [data-lapses], which can be answered no more, goes from under their hand.
(() => {
  const FIELDS = "input, select, textarea, [contenteditable]";
  const child = (root, id) => id && root.querySelector(`#${CSS.escape(id)}`);
  const keyed = (root) => root.children.length > 0 && [...root.children].every((part) => part.id);

  function touched(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.defaultSelected ? !o.selected : o.selected && o.index > 0);
    return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  }

  // The new place of a focused button or link; a focused field has none and is held.
  function twin(fresh) {
    const active = document.activeElement;
    if (active.matches(FIELDS)) return null;
    return child(fresh, active.id) || [...fresh.querySelectorAll(active.tagName)].find((e) =>
      e.textContent === active.textContent && e.getAttribute("href") === active.getAttribute("href"));
  }
  function held(old, fresh) {
    if (old.contains(document.activeElement) && !twin(fresh)) return true;
    if (old.matches("dialog[open], .htmx-request") || old.querySelector("dialog[open], .htmx-request")) return true;
    const forms = [...old.querySelectorAll("form[data-keep]"), ...(old.matches("form[data-keep]") ? [old] : [])];
    return forms.some((form) => [...form.elements].some(touched));
  }

  function bare(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((token) => token.setAttribute("value", ""));
    copy.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));
    return copy.outerHTML.replace(/\s+/g, " ").replace(/ (class="")|( htmx-\w+)/g, "");
  }
  function swap(old, fresh, put) {
    const focus = old.contains(document.activeElement) && twin(fresh);
    old.querySelectorAll("details[id][open]").forEach((details) => child(fresh, details.id)?.setAttribute("open", ""));
    put();
    window.htmx?.process(fresh.isConnected ? fresh : old);
    if (focus) focus.focus({ preventScroll: true });
  }

  function around(old, fresh) {
    const done = [];
    for (const part of fresh.querySelectorAll("[id]")) {
      const match = child(old, part.id);
      if (!match || done.some((other) => other.contains(part))) continue;
      done.push(part);
      update(match, part);
    }
  }

  function update(old, fresh) {
    if (bare(old) === bare(fresh)) return;
    if (keyed(fresh) && old.tagName === fresh.tagName) inside(old, fresh);
    else if (held(old, fresh)) around(old, fresh);
    else swap(old, fresh, () => old.replaceWith(fresh));
  }

  function inside(old, fresh) {
    if (fresh.id) {
      for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of fresh.attributes) if (name !== "open") old.setAttribute(name, value);
    }
    if (!keyed(fresh)) {
      return held(old, fresh) ? around(old, fresh) : swap(old, fresh, () => old.replaceChildren(...fresh.childNodes));
    }
    const gone = [...old.children].filter((part) => ![...fresh.children].some((other) => other.id === part.id));
    gone.forEach((part) => { if (part.matches("[data-lapses]") || !held(part, fresh)) part.remove(); });
    let last = null;
    for (const part of [...fresh.children]) {
      const match = [...old.children].find((e) => e.id === part.id);
      if (match) update(match, part);
      else { if (last) last.after(part); else old.prepend(part); window.htmx?.process(part); }
      last = child(old, part.id);
    }
  }

  document.addEventListener("live:answer", (event) => inside(event.target, event.detail));
})();
