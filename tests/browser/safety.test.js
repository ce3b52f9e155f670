// Whatever stands in a request is a text in its page: it runs nothing, asks nobody, and becomes no element.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const fs = require("node:fs");
const path = require("node:path");
const { CHAT, WORK, admin, chatLink, launch, sandbox, url } = require("./booth.js");

const FACE = "[data-testid=embed-report][data-shown=true],[data-testid=embed-refusal]";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

// Twenty ways to run something, behind ten ways to get out of where a text stands: 200 strings.
const RUN = [
  "<script>hit()</script>", "<img src=x onerror=hit()>", "<svg onload=hit()>", "<iframe src=javascript:hit()>",
  "<body onload=hit()>", "<a href=javascript:hit()>x</a>", "<input autofocus onfocus=hit()>", "<style>@import'//e.test'",
  "<link rel=stylesheet href=//e.test>", "<base href=//e.test/>", "<form action=//e.test>", "<object data=//e.test>",
  "<meta http-equiv=refresh content=0>", "<video src=//e.test onerror=hit()>", "javascript:hit()", "onerror=hit() x=",
  "{{7*7}}${hit()}", "<math><mi xlink:href=//e.test>", "<template><b>", "<!--#exec-->",
];
const OUT = ["", "\"", "'", "\"'>", "</script>", "</title>", "-->", "</textarea>", "\\\"", "]}\u2028"];
const STRINGS = OUT.flatMap((out) => RUN.map((run) => out + run));

/** What is wrong with the page: anything that is not ours. */
function foreignThings() {
  const wrong = [];
  for (const found of document.querySelectorAll("*")) {
    for (const { name } of found.attributes) if (name.startsWith("on")) wrong.push(`${found.tagName} has ${name}`);
  }
  const bad = document.querySelectorAll("script:not([src^='/ticketbooth-pages/']),iframe,object,embed,base,img,video,style,math,template,body b b,link[href*='e.test']");
  for (const found of bad) wrong.push(found.outerHTML.slice(0, 100));
  if (window.wasHit) wrong.push("something ran");
  return wrong;
}

/** Opens every link in a few tabs at once; nothing may run, and nothing may be asked of anybody else. */
async function openAll(links, headersOf = () => ({})) {
  const context = await browser.newContext({ locale: "en-US" });
  const wrong = [];
  await context.addInitScript(() => { window.hit = () => { window.wasHit = true; }; });
  context.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) wrong.push(`a request to ${request.url()}`);
  });
  const left = [...links.entries()];
  const work = async () => {
    const page = await context.newPage();
    page.on("dialog", (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    while (left.length) {
      const [place, [link, expected]] = left.shift();
      await page.setExtraHTTPHeaders(headersOf(place));
      await page.goto(link);
      await page.waitForSelector(FACE);
      const found = await page.evaluate(foreignThings);
      wrong.push(...found.map((thing) => `${link}: ${thing}`));
      for (const text of expected ?? []) {
        if (!(await page.evaluate(() => document.body.textContent)).includes(text)) wrong.push(`${link}: ${text} is not shown as text`);
      }
    }
  };
  await Promise.all([work(), work(), work()]);
  await context.close();
  assert.deepEqual(wrong, []);
}

test("200 strings in a ticket and its link are texts", async () => {
  assert.equal(new Set(STRINGS).size, 200);
  const booth = await sandbox();
  const links = [];
  for (const text of STRINGS) {
    const filter = { paramKey: text, joinType: "and", conditionList: [{ operate: text, value: text }] };
    const known = { paramKey: "city", joinType: "and", conditionList: [{ operate: "in", value: [text, "Hangzhou"] }] };
    const watermark = [...text].slice(0, 50).join("");
    const ticket = await booth.ticket({ GlobalParam: JSON.stringify([known, filter]), WatermarkParam: watermark });
    const query = new URLSearchParams({ pageId: WORK, accessTicket: ticket, dd_orientation: text, menuId: text, embedDisplayParam: text,
      booth: text, city: text, [text]: text });
    links.push([`${url}/token3rd/dashboard/view/pc.htm?${query}`, [watermark, text]]);
  }
  await openAll(links);
});

test("200 strings in the parameters of links that are refused are texts", async () => {
  await openAll(STRINGS.flatMap((text) => {
    const quoted = encodeURIComponent(text);
    return [
      [`${url}/token3rd/dashboard/view/pc.htm?pageId=${quoted}&cmptId=${quoted}&accessTicket=${quoted}`, [text]],
      [`${url}/page/embed?authType=${quoted}&projectId=${quoted}&pageId=${quoted}&scope=${quoted}&token=${quoted}&withHead=${quoted}`],
    ];
  }));
});

test("200 strings in tokens, their links and their settings are texts", async () => {
  const booth = await sandbox();
  const links = [];
  for (const [place, text] of STRINGS.entries()) {
    const config = { ChatBIConfigList: [{ ConfigType: "TableFilter", ConfigDetails: { Values: [text, "26513"] } }] };
    if (place % 2) {
      const token = await booth.token({ ...CHAT, TokenType: 300, ConfigParam: JSON.stringify(config) });
      links.push([chatLink(token), [text]]);
    } else {
      const GlobalParam = JSON.stringify([{ ParamKey: "province", JoinType: "AND", WhereList: [{ Operator: "-is", Value: [text] }] }]);
      const token = await booth.token({ GlobalParam, ExtraParam: text });
      const more = [`value=${encodeURIComponent(text)}&target=city`, `value=x&target=${encodeURIComponent(text)}`];
      const link = `${url}/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=${token}`;
      links.push([`${link}${more.map((pair) => `&params[]=${encodeURIComponent(pair)}`).join("")}`, [text]]);
    }
  }
  await openAll(links);
});

test("200 strings in headers of a visit are texts, or nothing", async () => {
  const booth = await sandbox();
  const ticket = await booth.ticket({ TicketNum: 999 });
  const link = `${url}/token3rd/dashboard/view/pc.htm?pageId=${WORK}&accessTicket=${ticket}`;
  const plain = STRINGS.map((text) => text.replace(/[^\x20-\x7e]/g, ""));
  await openAll(plain.map(() => [link]), (place) => ({
    "x-ticketbooth-viewer": plain[place], "accept-language": plain[place], from: plain[place],
  }));
});

test("names of a world are texts: users, works, components, parameters, places", async () => {
  for (const text of ["\"'><script>hit()</script>", "<img src=x onerror=hit()>", "</title><svg onload=hit()>"]) {
    const quoted = JSON.stringify(text);
    const world = `
ticketbooth: 1
name: names
alibaba:
  credentials:
    - { access_key_id: LTAInames, access_key_secret: names, organization: org }
  organizations:
    - id: org
      users: [{ id: ${quoted}, account: wangwu, type: 1 }]
      workspaces: [{ id: space, name: ${quoted} }]
      works:
        - { id: ${quoted}, name: ${quoted}, type: dashboard, workspace: space, owner: ${quoted}, parameters: [${quoted}],
            components: [{ id: ${quoted}, name: ${quoted} }] }
`;
    const booth = await sandbox({ world });
    const filter = [{ paramKey: text, joinType: "and", conditionList: [{ operate: "=", value: text }] }];
    const page = encodeURIComponent(text);
    const whole = await booth.ticket({ WorksId: text, GlobalParam: JSON.stringify(filter) });
    const part = await booth.ticket({ WorksId: text, CmptId: text });
    const link = (ticket) => `${url}/token3rd/dashboard/view/pc.htm?pageId=${page}&accessTicket=${ticket}`;
    await openAll([[link(whole), [text]], [`${link(part)}&cmptId=${page}`, [text]]]);
    await admin("DELETE", `/sandboxes/${booth.id}`);
  }
});

test("the sources of the pages name no other host", () => {
  const folder = path.join(__dirname, "../../src/web");
  for (const part of ["assets", "templates"]) {
    for (const name of fs.readdirSync(path.join(folder, part))) {
      const text = fs.readFileSync(path.join(folder, part, name), "utf8").replaceAll("http://www.w3.org/2000/svg", "");
      assert.ok(!/(https?:)?\/\/[a-z]/i.test(text.replace(/^\s*\/\/ .*$/gm, "")), `${name} names another host`);
    }
  }
});
