// Bars follow the pointer: pulled by the middle an activity moves, by its end it lasts longer.
// What was pulled becomes a step of the tools (plan.js), whose buttons do the same.
(() => {
  const pane = document.getElementById("plan");
  if (!pane?.querySelector("table[data-edit]")) return;
  const GRIP = 7;
  let held = null;

  function days(event) {
    return Math.round((event.clientX - held.from) / held.perDay);
  }

  function reset() {
    if (!held) return;
    held.bar.removeAttribute("transform");
    held.bar.removeAttribute("data-held");
    held.ghost?.remove();
    held = null;
  }

  pane.addEventListener("pointerdown", (event) => {
    const bar = event.target.closest?.('.bar[data-shape="task"], .bar[data-shape="milestone"]');
    if (!bar || event.button) return;
    const body = bar.querySelector(".bar__body").getBoundingClientRect();
    const stretches = bar.dataset.shape === "task" && body.right - event.clientX < Math.min(GRIP, body.width / 3);
    held = { bar, stretches, from: event.clientX, perDay: Number(bar.closest("svg").dataset.day), width: body.width, ghost: null };
    pane.setPointerCapture(event.pointerId);
  });

  pane.addEventListener("pointermove", (event) => {
    if (!held) {
      const bar = event.target.closest?.('.bar[data-shape="task"]');
      const body = bar?.querySelector(".bar__body").getBoundingClientRect();
      bar?.toggleAttribute("data-end", body.right - event.clientX < Math.min(GRIP, body.width / 3));
      return;
    }
    const moved = days(event) * held.perDay;
    held.bar.setAttribute("data-held", held.stretches ? "end" : "bar");
    if (!held.stretches) { held.bar.setAttribute("transform", `translate(${moved} 0)`); return; }
    if (!held.ghost) {
      held.ghost = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const box = held.bar.querySelector(".bar__body").getBBox();
      for (const [name, value] of [["class", "bar__ghost"], ["x", box.x], ["y", box.y], ["height", box.height], ["rx", 2]]) held.ghost.setAttribute(name, value);
      held.bar.append(held.ghost);
    }
    held.ghost.setAttribute("width", Math.max(2, held.width + moved));
  });

  pane.addEventListener("pointerup", (event) => {
    if (!held) return;
    const { bar, stretches } = held;
    const count = days(event);
    const row = pane.querySelector(`tr[data-a="${bar.dataset.a}"]`);
    reset();
    if (!count) { row?.querySelector(".plan__link").focus({ preventScroll: true }); return; }
    const detail = { act: stretches ? "stretch" : "move", days: count, row };
    pane.dispatchEvent(new CustomEvent("plan:step", { detail }));
  });
  pane.addEventListener("pointercancel", reset);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") reset(); });
})();
