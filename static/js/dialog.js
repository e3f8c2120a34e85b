// Dialogs, menus, the rail on a phone, and notices that go away by themselves.
(() => {
  const open = (root) => {
    for (const dialog of root.querySelectorAll("dialog[data-open]:not([open])")) dialog.showModal();
  };

  function fade(root) {
    for (const toast of root.querySelectorAll("#notices [data-toast]:not([data-timed])")) {
      toast.dataset.timed = "";
      if (toast.dataset.tone === "off") continue; // a refusal stays until it is read
      const go = () => (toast.matches(":hover, :focus-within") ? setTimeout(go, 2000) : toast.remove());
      setTimeout(go, 10000);
    }
  }

  document.addEventListener("click", (event) => {
    const { target } = event;
    const opener = target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) {
        event.preventDefault();
        opener.closest("details.menu")?.removeAttribute("open");
        dialog.showModal();
      }
    }
    target.closest("[data-close]")?.closest("dialog")?.close();
    if (target.matches("dialog")) {
      const box = target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right
        && event.clientY >= box.top && event.clientY <= box.bottom;
      const typed = [...target.querySelectorAll("textarea, input")].some((f) => f.value !== f.defaultValue);
      if (!inside && !typed) target.close();
    }
    target.closest("[data-dismiss]")?.closest(".notice")?.remove();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    const rail = document.getElementById("rail");
    if (rail && target.closest("[data-rail]")) {
      event.preventDefault();
      rail.toggleAttribute("data-open");
      rail.querySelector("[data-open] a")?.focus();
    } else if (rail && !rail.contains(target)) rail.removeAttribute("data-open");
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    document.getElementById("rail")?.removeAttribute("data-open");
  });

  document.addEventListener("change", (event) => {
    event.target.closest("form[data-autosubmit]")?.requestSubmit();
  });

  // A refusal is added to the notices, whatever the form wanted to do with its own answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id === "notices") event.detail.swapOverride = "beforeend";
  });
  document.addEventListener("htmx:afterSettle", () => { open(document); fade(document); });
  open(document);
  fade(document);
})();
