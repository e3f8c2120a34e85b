// The tab one is on stands in view, where a narrow screen cuts the row.
for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
  const row = tab.parentElement, here = tab.getBoundingClientRect(), seen = row.getBoundingClientRect();
  if (here.right > seen.right) row.scrollLeft += here.right - seen.right + 24;
  if (here.left < seen.left) row.scrollLeft += here.left - seen.left - 24;
}
