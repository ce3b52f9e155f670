// The words of the pages, in the language that the document was made in.
const language = document.documentElement.lang;
const isChinese = language.startsWith("zh");
const words = isChinese ? {
  unlimited: "不限", all: "全部", ticket: "来自票据", link: "来自链接", visitor: "", notApplied: "未应用", reset: "重置",
  sales: "销售额", orders: "订单数", quantity: "销量", average: "客单价", month: "月份", filters: "筛选条件",
  settled: "已由票据或链接设定", of: (part, all) => `共 ${all} 个订单，当前 ${part} 个`,
  byMonth: "月度销售额", trend: "订单趋势", byCity: "城市销售额", byCategory: "品类占比", byChannel: "渠道构成",
  monthly: "月度明细", nothing: "没有符合筛选条件的数据", total: "合计", sheet: "订单明细", second: "汇总", cell: "单元格",
  conditions: "查询条件", run: "查询", result: "查询结果", fields: "显示字段", download: "下载 CSV", rows: (n) => `${n} 行`,
  listed: (part, all) => `显示 ${part} / ${all} 行`,
  entry: "填写记录", save: "提交", saved: "已提交的记录", none: "暂无记录", required: "必填", note: "备注",
  saying: "模拟页面：提交的内容只保留在本页。", keptAs: (n) => `记录 ${n} 已保留在本页`,
  dimension: "维度", measure: "度量", tables: "数据表", ask: "提问", question: "输入问题", sql: "SQL", data: "数据",
  unknownTables: (ids) => `未知数据表：${ids}`, noTables: "没有可用的数据表",
  cannot: "模拟器只能回答上面列出的问题。", suggestions: "可以这样问", talk: "对话", day: "天", stands: "时钟已停",
  ended: "页面已失效", unreachable: "无法连接模拟器", share: "占比", rank: "城市排行", now: "当前时间",
  kinds: { dashboard: "仪表板", workbook: "电子表格", screen: "数据大屏", retrieval: "自助取数", analysis: "即席分析",
    "data-entry": "数据填报", page: "页面", board: "看板", chat: "ChatBI" }, component: "组件",
} : {
  unlimited: "without limit", all: "All", ticket: "from the ticket", link: "from the link", visitor: "", notApplied: "not applied", reset: "Reset",
  sales: "Sales", orders: "Orders", quantity: "Items sold", average: "Average order", month: "Month", filters: "Filters",
  settled: "set by the ticket or the link", of: (part, all) => `${part} of ${all} orders`,
  byMonth: "Sales by month", trend: "Orders over time", byCity: "Sales by city", byCategory: "Share of categories",
  byChannel: "Channels by month", monthly: "Month by month", nothing: "No data meets the filters", total: "Total",
  sheet: "Orders", second: "Summary", cell: "Cell", conditions: "Query", run: "Run query", result: "Result",
  fields: "Fields", download: "Download CSV", rows: (n) => `${n} rows`,
  listed: (part, all) => `${part} of ${all} rows shown`,
  entry: "New record", save: "Submit", saved: "Submitted records", none: "No records yet", required: "required",
  note: "Note", saying: "Emulated: what is submitted stays in this page.", keptAs: (n) => `Record ${n} is kept in this page`,
  dimension: "Dimension", measure: "Measure", tables: "Data tables", ask: "Ask", question: "Your question", sql: "SQL",
  data: "Data", unknownTables: (ids) => `Unknown tables: ${ids}`, noTables: "There is no data table to ask",
  cannot: "This emulator answers the questions listed above.", suggestions: "Try asking", talk: "Conversation", day: "d",
  stands: "clock stands", ended: "This page has ended", unreachable: "The emulator cannot be reached", share: "Share",
  rank: "Cities in order", now: "Time of the world",
  kinds: { dashboard: "Dashboard", workbook: "Workbook", screen: "Data screen", retrieval: "Self-service retrieval",
    analysis: "Ad-hoc analysis", "data-entry": "Data entry", page: "Page", board: "Dashboard", chat: "ChatBI" },
  component: "Component",
};

const wholeNumber = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const shortNumber = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

function asNumber(value) {
  return wholeNumber.format(value);
}

function asMoney(value) {
  return `¥${wholeNumber.format(value)}`;
}

/** An element with attributes and children; every text is a text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}
