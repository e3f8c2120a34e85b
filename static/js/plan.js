// The plan's table as a grid: arrows walk, Enter or a click edits a cell in place, Esc leaves it.
// Without this file every cell is a page of its own, behind the activity's name.
(() => {
  const pane = document.getElementById("plan");
  if (!pane) return;
  const table = pane.querySelector("table");
  const edits = table.hasAttribute("data-edit");
  const stops = (row) => [...row.querySelectorAll(".plan__link, td[data-f]")];
  const open = (root) => root.querySelector("form[data-cell]");

  const here = table.querySelector("[aria-current] .plan__link");
  if (here) {
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
  } else if (table.querySelector(".plan__gap + .plan__rows")) table.querySelector(".plan__rows").scrollIntoView();
  if (pane.dataset.today) {
    const beside = pane.clientWidth - table.querySelector(".plan__axis").offsetLeft;
    pane.scrollLeft = Math.max(0, Number(pane.dataset.today) - Math.max(120, beside / 3));
  }

  function edit(cell) {
    if (!edits || !cell || open(cell)) return;
    if (open(table)) leave(open(table));
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

  function walk(row, stop, side, level) {
    const rows = [...table.querySelectorAll("tr[data-a]")];
    const target = level ? rows[rows.indexOf(row) + level] : row;
    if (!target) return;
    const place = stops(row).indexOf(stop) + (side || 0);
    stops(target)[Math.min(Math.max(place, 0), stops(target).length - 1)].focus();
  }

  table.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      leave(open(table));
    } else if (!event.target.closest("a, form")) edit(event.target.closest("[data-f]"));
  });

  table.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open(table)) leave(open(table)); // also before the field has the focus
    const form = event.target.closest("form");
    const row = event.target.closest("tr[data-a]");
    if (form || !row || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest("[data-f]");
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const level = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if ((event.key === "Enter" && cell?.tagName === "TD") || event.key === "F2") edit(cell);
    else if (side || level) walk(row, event.target, side, level);
    else return;
    event.preventDefault();
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const field = target.closest?.("[data-f]")?.querySelector("form[data-cell] :is(input:not([type=hidden]), select)");
    field?.focus();
    field?.select?.();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches?.(".plan__rows") && open(event.target)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const form = detail.requestConfig?.elt;
    if (detail.xhr.status < 300 && form?.matches?.("[data-cell]") && form.isConnected) leave(form);
  });
})();
