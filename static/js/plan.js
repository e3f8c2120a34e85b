// The plan's table as a grid: arrows walk, Enter or a click edits a cell in place, Esc leaves it;
// the chosen row is what the tools act on. Without this file every cell is a page of its own.
(() => {
  const pane = document.getElementById("plan");
  if (!pane) return;
  const table = pane.querySelector("table");
  const edits = table.hasAttribute("data-edit");
  const tools = document.getElementById("plan-tools");
  const fresh = document.getElementById("plan-new");
  const stops = (row) => [...row.querySelectorAll(".plan__link, td[data-f]")];
  const open = (root) => root.querySelector("form[data-cell]");

  const here = table.querySelector("[aria-current] .plan__link");
  if (here) {
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
  } else if (table.querySelector(".plan__gap + .plan__rows")) table.querySelector(".plan__rows").scrollIntoView();
  const chart = table.querySelector(".plan__chart");
  if (pane.dataset.today && chart) {
    const columns = table.querySelector(".plan__axis").offsetLeft;
    pane.scrollLeft = Math.max(0, Number(pane.dataset.today) - Math.max(120, (pane.clientWidth - columns) / 3));
  }

  function choose(row) {
    if (!tools || !row) return;
    const name = row.querySelector(".plan__link").textContent.trim();
    tools.elements.activity.value = row.dataset.a;
    tools.querySelector("[data-who]").textContent = name;
    tools.hidden = false;
    fresh.elements.after.value = row.dataset.a;
    fresh.querySelector("[data-after]").textContent = `↳ ${name.slice(0, 40)}`;
  }

  function edit(cell) {
    if (!edits || !cell || open(cell)) return;
    open(table)?.remove();
    cell.dataset.editing = "";
    const url = `${pane.dataset.base}${cell.closest("tr").dataset.a}/${cell.dataset.f}/`;
    htmx.ajax("GET", url, { target: cell, swap: "beforeend" });
  }

  function leave(form) {
    const cell = form.closest("[data-f]");
    form.remove();
    delete cell.dataset.editing;
    (cell.querySelector(".plan__link") || cell).focus();
  }

  table.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) { event.preventDefault(); leave(open(table)); return; }
    if (!event.target.closest("a, form")) edit(event.target.closest("[data-f]"));
  });
  table.addEventListener("focusin", (event) => choose(event.target.closest("tr[data-a]")));
  pane.addEventListener("plan:step", ({ detail: { act, days, row } }) => {
    if (row) choose(row);
    tools.elements.days.value = days ?? "";
    tools.querySelector(`[name=act][value="${act}"]`).click();
  });

  table.addEventListener("keydown", (event) => {
    const form = event.target.closest("form");
    if (form) { if (event.key === "Escape") leave(form); return; }
    const row = event.target.closest("tr[data-a]");
    if (!row || event.isComposing || event.ctrlKey || event.metaKey) return;
    const cell = event.target.closest("[data-f]");
    if ((event.key === "Enter" && cell?.tagName === "TD") || event.key === "F2") { event.preventDefault(); edit(cell); return; }
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const level = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!side && !level) return;
    event.preventDefault();
    if (event.altKey && side && edits) {
      const act = event.shiftKey ? (side > 0 ? "longer" : "shorter") : side > 0 ? "day+" : "day-";
      pane.dispatchEvent(new CustomEvent("plan:step", { detail: { act, row } }));
      return;
    }
    const rows = [...table.querySelectorAll("tr[data-a]")];
    const target = level ? rows[rows.indexOf(row) + level] : row;
    const place = stops(row).findIndex((stop) => stop === event.target);
    if (target) stops(target).at(side ? Math.min(Math.max(place + side, 0), stops(target).length - 1) : Math.min(place, stops(target).length - 1))?.focus();
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const field = target.closest?.("[data-f]")?.querySelector("form[data-cell] :is(input:not([type=hidden]), select)");
    field?.focus();
    field?.select?.();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches?.(".plan__rows") && open(event.target)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (event.detail.xhr.status < 300 && form?.matches?.("[data-cell]") && form.isConnected) leave(form);
    if (form === fresh && event.detail.xhr.status < 300) fresh.elements.name.value = "";
  });
})();
