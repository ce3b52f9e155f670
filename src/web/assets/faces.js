// The faces of pages that are looked at: dashboards, single components and screens.

function panel(title, size, ...content) {
  return element("section", { class: `panel ${size}` }, element("h2", {}, title), ...content);
}

function membersOf(exhibit, name, measure = "sales") {
  const group = exhibit.groups.find((known) => known.name === name);
  return group ? group.members.map((member) => ({ name: member.name, value: member[measure] })) : [];
}

function monthsOf(exhibit, measure) {
  return exhibit.rows.map((row) => ({ name: row.month, value: row[measure] }));
}

function tiles(exhibit) {
  const { totals, rows } = exhibit;
  const tile = (name, text, below) => element("div", { class: "tile", "data-testid": `embed-figure-${name}` },
    element("p", { class: "tile-name" }, words[name]), element("p", { class: "tile-figure" }, text), below);
  return element("div", { class: "tiles", "data-testid": "embed-figures" },
    tile("sales", asMoney(totals.sales), sparkline(rows.map((row) => row.sales))),
    tile("orders", asNumber(totals.orders), element("p", { class: "tile-below" }, words.of(totals.orders, totals.all_orders))),
    tile("quantity", asNumber(totals.quantity), sparkline(rows.map((row) => row.quantity))),
    tile("average", asMoney(totals.average), element("p", { class: "tile-below" }, `${words.sales} / ${words.orders}`)));
}

function numberCell(text) {
  return element("td", { class: "number" }, text);
}

/** The figures of each month, in a table. */
function monthTable(exhibit) {
  const head = [words.month, words.sales, words.orders, ...exhibit.channels];
  const line = (row) => element("tr", {}, element("th", { scope: "row" }, row.month), numberCell(asMoney(row.sales)),
    numberCell(asNumber(row.orders)), ...row.split.map((sales) => numberCell(asMoney(sales))));
  return scrolling(words.monthly, element("table", { "data-testid": "embed-rows" },
    element("thead", {}, element("tr", {}, ...head.map((text, place) =>
      element("th", { scope: "col", class: place ? "number" : false }, text)))),
    element("tbody", {}, ...exhibit.rows.map(line))));
}

/** Room in which what is too wide can be moved, also with the keys. */
function scrolling(label, content) {
  return element("div", { class: "scrolling", role: "group", "aria-label": label, tabindex: "0" }, content);
}

function nothingToSee() {
  return element("p", { class: "nothing", "data-testid": "embed-nothing" }, words.nothing);
}

function dashboardFace(exhibit) {
  const charts = exhibit.totals.orders === 0 ? [panel(words.byMonth, "wide", nothingToSee())] : [
    panel(words.byMonth, "half", barChart(words.byMonth, monthsOf(exhibit, "sales"), asMoney)),
    panel(words.trend, "half", lineChart(words.trend, monthsOf(exhibit, "orders"), asNumber)),
    panel(words.byCategory, "third", ringChart(words.byCategory, membersOf(exhibit, "category"), asMoney)),
    panel(words.byChannel, "third", stackedChart(words.byChannel, exhibit.rows, exhibit.channels, 190), legend(exhibit.channels)),
    panel(words.byCity, "third", barList(membersOf(exhibit, "city"), asMoney)),
  ];
  return [tiles(exhibit), element("div", { class: "panels" }, ...charts, panel(words.monthly, "wide", monthTable(exhibit)))];
}

/** One chart alone: which one follows from the name of the component. */
function componentFace(exhibit, name) {
  const charts = [
    () => barChart(words.byMonth, monthsOf(exhibit, "sales"), asMoney, 300),
    () => barList(membersOf(exhibit, "city"), asMoney),
    () => ringChart(words.byCategory, membersOf(exhibit, "category"), asMoney),
    () => lineChart(words.trend, monthsOf(exhibit, "orders"), asNumber, 300),
  ];
  const isOfCities = /city|城市/i.test(document.querySelector("h1").textContent);
  const place = isOfCities ? 1 : [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % charts.length;
  const drawn = exhibit.totals.orders === 0 ? nothingToSee() : charts[place]();
  return [element("div", { class: "panels" }, element("section", { class: "panel wide", "aria-label": words.component }, drawn),
    panel(words.monthly, "wide", monthTable(exhibit)))];
}

function screenFace(exhibit) {
  const column = (...panels) => element("div", { class: "screen-column" }, ...panels);
  if (exhibit.totals.orders === 0) return [tiles(exhibit), panel(words.byMonth, "wide", nothingToSee())];
  return [tiles(exhibit), element("div", { class: "screen" },
    column(
      panel(words.byCategory, "", ringChart(words.byCategory, membersOf(exhibit, "category"), asMoney)),
      panel(words.byChannel, "", stackedChart(words.byChannel, exhibit.rows, exhibit.channels, 200), legend(exhibit.channels))),
    column(
      panel(words.byMonth, "", barChart(words.byMonth, monthsOf(exhibit, "sales"), asMoney, 260)),
      panel(words.monthly, "", monthTable(exhibit))),
    column(
      panel(words.rank, "", barList(membersOf(exhibit, "city"), asMoney)),
      panel(words.trend, "", lineChart(words.trend, monthsOf(exhibit, "orders"), asNumber, 180))))];
}
