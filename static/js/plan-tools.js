// The chosen row of the plan and what is done with it: the tools' buttons, Alt with arrows, a
// pulled bar (gantt.js). All of them press a button of the same form.
(() => {
  const pane = document.getElementById("plan");
  const tools = document.getElementById("plan-tools");
  const fresh = document.getElementById("plan-new");
  if (!pane || !tools) return;

  function choose(row) {
    if (!row) return;
    const name = row.querySelector(".plan__link").textContent.trim();
    tools.elements.activity.value = row.dataset.a;
    tools.querySelector("[data-who]").textContent = name;
    tools.hidden = false;
    fresh.elements.after.value = row.dataset.a;
    fresh.querySelector("[data-after]").textContent = `↳ ${name.slice(0, 40)}`;
  }

  pane.addEventListener("focusin", (event) => choose(event.target.closest("tr[data-a]")));

  pane.addEventListener("plan:step", ({ detail: { act, days, row } }) => {
    choose(row);
    tools.elements.days.value = days ?? "";
    tools.querySelector(`[name=act][value="${act}"]`).click();
    tools.elements.days.value = "";
  });

  pane.addEventListener("keydown", (event) => {
    const side = { ArrowLeft: 0, ArrowRight: 1 }[event.key];
    const row = event.target.closest("tr[data-a]");
    if (side === undefined || !event.altKey || !row || event.target.closest("form")) return;
    event.preventDefault();
    const act = (event.shiftKey ? ["shorter", "longer"] : ["day-", "day+"])[side];
    pane.dispatchEvent(new CustomEvent("plan:step", { detail: { act, row } }));
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig?.elt === fresh && detail.xhr.status < 300) fresh.elements.name.value = "";
  });
})();
