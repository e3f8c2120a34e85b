// A list as a grid: arrows walk its cells, Enter, F2 or a double click edits one in place, Esc
// leaves it, Tab goes on. Boxes choose rows. Without this file each row's page has the same form.
(() => {
  const root = document.getElementById("requirements")?.parentElement;
  if (!root) return;
  let place = null; // row and field to return to once the row is drawn anew

  const cells = (row) => [...row.querySelectorAll("td[data-f]")];
  const rows = () => [...root.querySelectorAll("table.cells tr[data-pk]")].filter((r) => cells(r).length);
  const open = () => root.querySelector("form.cell");
  const base = () => root.querySelector("table.cells").dataset.cells;

  function first() {
    if (root.querySelector('td[data-f][tabindex="0"]')) return;
    root.querySelector("td[data-f]")?.setAttribute("tabindex", "0");
  }

  function go(cell) {
    root.querySelectorAll('td[data-f][tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
  }

  function edit(cell) {
    if (!cell || cell.querySelector("form")) return;
    open()?.remove();
    const row = cell.closest("tr");
    place = [row.dataset.pk, cell.dataset.f];
    htmx.ajax("GET", `${base()}${row.dataset.pk}/cells/${cell.dataset.f}/`, { target: cell, swap: "beforeend" });
  }

  function leave(form) {
    const cell = form.closest("td");
    form.remove();
    go(cell);
  }

  root.addEventListener("dblclick", (event) => edit(event.target.closest("td[data-f]")));
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) { event.preventDefault(); leave(open()); }
    const all = event.target.closest("[data-choose-all]");
    if (all) root.querySelectorAll("input[name=chosen]").forEach((box) => { box.checked = all.checked; });
    const told = root.querySelector("[data-chosen]");
    if (told) told.textContent = root.querySelectorAll("input[name=chosen]:checked").length;
  });

  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && open()) { event.stopPropagation(); leave(open()); return; }
    if (event.target.closest("form.cell")) return;
    const cell = event.target.closest("td[data-f]");
    if (!cell) return;
    if (["Enter", "F2", "e"].includes(event.key)) { event.preventDefault(); event.stopPropagation(); edit(cell); return; }
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const level = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!side && !level) return;
    event.preventDefault();
    const row = cell.closest("tr");
    const target = level ? rows()[rows().indexOf(row) + level] : row;
    const next = target && cells(target)[cells(row).indexOf(cell) + (side || 0)];
    if (next) go(next);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (!form?.matches?.("form.cell") || event.detail.xhr.status < 400) return;
    event.detail.target = form; // what was wrong is said in the cell, not instead of its row
  });
  document.addEventListener("htmx:afterSettle", () => {
    first();
    const form = open();
    if (form) { form.querySelector("input:not([type=hidden]), select")?.focus(); return; }
    const drawn = place && root.querySelector(`tr[data-pk="${place[0]}"] td[data-f="${place[1]}"]`);
    if (drawn && document.activeElement === document.body) go(drawn);
  });
  first();
})();
