// The faces of pages that are worked with: workbooks, retrievals, analyses, data entry and chats.

function letterOf(place) {
  return String.fromCharCode(65 + place);
}

function shownCell(value) {
  return typeof value === "number" ? asNumber(value) : value;
}

function workbookFace(exhibit) {
  const { columns, records, totals } = exhibit;
  const sums = columns.map((column, place) => (column.is_number && column.name !== "price"
    ? records.reduce((sum, record) => sum + record[place], 0) : place === 0 ? words.total : ""));
  const line = (cells, number, kind = "td") => element("tr", {}, element("th", { scope: "row", class: "gutter" }, String(number)),
    ...cells.map((cell, place) => element(kind, { class: columns[place].is_number ? "number" : false,
      scope: kind === "th" ? "col" : undefined }, shownCell(cell))));
  const table = element("table", { class: "sheet", "data-testid": "embed-rows" },
    element("thead", {},
      element("tr", {}, element("td", { class: "gutter" }),
        ...columns.map((_, place) => element("th", { scope: "col", class: "gutter" }, letterOf(place)))),
      line(columns.map((column) => column.label), 1, "th")),
    element("tbody", {}, ...records.map((record, place) => line(record, place + 2))),
    element("tfoot", {}, line(sums, records.length + 2)));
  const formula = `=SUM(${letterOf(columns.length - 1)}2:${letterOf(columns.length - 1)}${records.length + 1})`;
  return [element("section", { class: "workbook", "aria-label": words.sheet },
    element("p", { class: "formula" }, element("span", { class: "cell-name" }, `${letterOf(columns.length - 1)}${records.length + 2}`),
      element("code", {}, formula)),
    scrolling(words.sheet, table),
    element("p", { class: "sheet-tabs" }, element("span", { class: "sheet-tab" }, words.sheet),
      element("span", { class: "tile-below" }, words.listed(records.length, totals.orders))))];
}

/** The records with the columns that are wanted. */
function recordTable(exhibit, wanted) {
  const places = exhibit.columns.map((_, place) => place).filter((place) => wanted.has(exhibit.columns[place].name));
  const cell = (record, place) => element("td", { class: exhibit.columns[place].is_number ? "number" : false }, shownCell(record[place]));
  return scrolling(words.result, element("table", { "data-testid": "embed-rows" },
    element("thead", {}, element("tr", {}, ...places.map((place) =>
      element("th", { scope: "col", class: exhibit.columns[place].is_number ? "number" : false }, exhibit.columns[place].label)))),
    element("tbody", {}, ...exhibit.records.map((record) => element("tr", {}, ...places.map((place) => cell(record, place)))))));
}

/** The table as a text, with quotes around what needs them. */
function asCsv(exhibit, wanted) {
  const places = exhibit.columns.map((_, place) => place).filter((place) => wanted.has(exhibit.columns[place].name));
  const quoted = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const lines = [exhibit.columns.map((column) => column.label), ...exhibit.records];
  return lines.map((line) => places.map((place) => quoted(line[place])).join(",")).join("\n");
}

const wantedColumns = new Set();

function retrievalFace(exhibit) {
  if (wantedColumns.size === 0) exhibit.columns.forEach((column) => wantedColumns.add(column.name));
  const table = element("div", {}, recordTable(exhibit, wantedColumns));
  const box = (column) => element("label", { class: "check" },
    element("input", { type: "checkbox", checked: wantedColumns.has(column.name), change: (event) => {
      if (event.target.checked) wantedColumns.add(column.name);
      else if (wantedColumns.size > 1) wantedColumns.delete(column.name);
      else event.target.checked = true;
      table.replaceChildren(recordTable(exhibit, wantedColumns));
    } }), column.label);
  const save = () => {
    const file = URL.createObjectURL(new Blob([asCsv(exhibit, wantedColumns)], { type: "text/csv" }));
    element("a", { href: file, download: "result.csv" }).click();
    URL.revokeObjectURL(file);
  };
  return [element("div", { class: "retrieval" },
    panel(words.fields, "", element("fieldset", { class: "checks" }, element("legend", { class: "unseen" }, words.fields),
      ...exhibit.columns.map(box)),
    element("button", { type: "button", class: "button", click: save }, words.download)),
    panel(words.result, "", element("p", { class: "tile-below" }, words.listed(exhibit.records.length, exhibit.totals.orders)),
      exhibit.records.length ? table : nothingToSee()))];
}

let analysedBy = "city";
let analysedMeasure = "sales";

function analysisFace(exhibit) {
  const room = element("div", {});
  const show = () => {
    const format = analysedMeasure === "sales" ? asMoney : asNumber;
    const members = membersOf(exhibit, analysedBy, analysedMeasure);
    const label = exhibit.groups.find((group) => group.name === analysedBy).label;
    const all = members.reduce((sum, member) => sum + member.value, 0);
    const line = (member) => element("tr", {}, element("th", { scope: "row" }, member.name), numberCell(format(member.value)),
      numberCell(percent.format(all ? member.value / all : 0)));
    room.replaceChildren(all === 0 ? nothingToSee() : barChart(label, members, format, 260),
      scrolling(label, element("table", { "data-testid": "embed-rows" },
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, label),
          element("th", { scope: "col", class: "number" }, words[analysedMeasure]), element("th", { scope: "col", class: "number" }, words.share))),
        element("tbody", {}, ...members.map(line)))));
  };
  const field = (label, options, chosen, choose) => element("label", { class: "field" }, element("span", {}, label),
    element("select", { change: (event) => { choose(event.target.value); show(); } },
      ...options.map(([value, text]) => element("option", { value, selected: value === chosen }, text))));
  show();
  return [element("div", { class: "panels" }, element("section", { class: "panel wide", "aria-label": words.kinds.analysis },
    element("div", { class: "fields" },
      field(words.dimension, exhibit.groups.map((group) => [group.name, group.label]), analysedBy, (name) => { analysedBy = name; }),
      field(words.measure, [["sales", words.sales], ["orders", words.orders]], analysedMeasure, (name) => { analysedMeasure = name; })),
    room))];
}

const submitted = [];

function entryFace(exhibit) {
  const told = element("p", { class: "tile-below", role: "status" });
  const fields = exhibit.columns.filter((column) => !["order", "sales", "region", "province"].includes(column.name));
  const choiceOf = (column) => exhibit.groups.find((group) => group.name === column.name);
  const input = (column) => {
    const choices = choiceOf(column);
    const control = choices
      ? element("select", { name: column.name }, ...choices.members.map((member) => element("option", {}, member.name)))
      : element("input", { name: column.name, required: true, autocomplete: "off", type: column.is_number ? "number" : "text",
        min: column.is_number ? "1" : undefined });
    return element("label", { class: "field" }, element("span", {}, column.label), control);
  };
  const list = element("div", {});
  const show = () => list.replaceChildren(submitted.length === 0 ? element("p", { class: "nothing" }, words.none)
    : scrolling(words.saved, element("table", { "data-testid": "embed-entries" },
      element("thead", {}, element("tr", {}, ...fields.map((column) => element("th", { scope: "col" }, column.label)))),
      element("tbody", {}, ...submitted.map((entry) => element("tr", {}, ...fields.map((column) => element("td", {}, entry[column.name]))))))));
  const submit = (event) => {
    event.preventDefault();
    submitted.push(Object.fromEntries(new FormData(event.target)));
    event.target.reset();
    told.textContent = words.keptAs(submitted.length);
    show();
  };
  show();
  return [element("div", { class: "entry" },
    panel(words.entry, "", element("form", { class: "entry-form", submit }, ...fields.map(input),
      element("p", { class: "entry-end" }, element("button", { type: "submit", class: "button" }, words.save), told),
      element("p", { class: "tile-below" }, words.saying))),
    panel(words.saved, "", list),
    panel(words.monthly, "", monthTable(exhibit)))];
}

const asked = [];

function chatFace(exhibit) {
  const { chat } = exhibit;
  const talk = element("div", { class: "talk", role: "log", "aria-label": words.talk, tabindex: "0" });
  const say = (question, answer) => {
    const query = answer && answer.sql ? element("pre", { "data-testid": "embed-sql", hidden: true, tabindex: "0" }, answer.sql) : undefined;
    const button = query && element("button", { type: "button", class: "button quiet", "data-testid": "embed-sql-button", "aria-expanded": "false",
      click: (event) => { query.hidden = !query.hidden; event.target.setAttribute("aria-expanded", String(!query.hidden)); } }, words.sql);
    talk.append(element("p", { class: "said by-visitor" }, question), element("div", { class: "said by-page" },
      element("p", {}, answer ? answer.answer : words.cannot),
      answer && element("div", {}, barList(membersOf(exhibit, answer.group), asMoney), element("p", { class: "tile-below" }, answer.table)),
      button, query));
  };
  const answerTo = (question) => chat.talk.find((known) => known.question === question)
    ?? chat.talk.find((known) => question.toLowerCase().includes(known.group)
      || question.includes(exhibit.groups.find((group) => group.name === known.group)?.label ?? known.group));
  const ask = (question) => {
    asked.push(question);
    say(question, answerTo(question));
    talk.scrollTop = talk.scrollHeight;
  };
  if (chat.talk.length && asked.length === 0) asked.push(chat.talk[0].question);
  asked.forEach((question) => say(question, answerTo(question)));
  const send = (event) => {
    event.preventDefault();
    const question = event.target.elements.question.value.trim();
    if (question) ask(question);
    event.target.reset();
  };
  const tables = chat.tables.map((table) => element("li", { "data-testid": "embed-chat-table", "data-id": table.id },
    element("span", {}, table.name), element("code", {}, table.id)));
  return [element("div", { class: "chat" },
    panel(words.tables, "", chat.tables.length ? element("ul", { class: "chat-tables" }, ...tables) : element("p", { class: "nothing" }, words.noTables),
      chat.unknown_tables.length ? element("p", { class: "tile-below" }, words.unknownTables(chat.unknown_tables.join(", "))) : undefined),
    panel(words.talk, "", talk,
      element("p", { class: "tile-below" }, words.suggestions),
      element("p", { class: "suggestions" }, ...chat.talk.map((known) =>
        element("button", { type: "button", class: "button quiet", click: () => ask(known.question) }, known.question))),
      element("form", { class: "ask", submit: send },
        element("label", { class: "field" }, element("span", { class: "unseen" }, words.question),
          element("input", { name: "question", autocomplete: "off", placeholder: words.question })),
        element("button", { type: "submit", class: "button" }, words.ask))))];
}
