// Charts as SVG, as wide as the room that they get. Each says in words what it shows.

/** Classes of the series, whose colours the sheet of styles has for light, dark and print. */
const series = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"];

function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function hint(text) {
  return shape("title", {}, text);
}

/** The next round number that is not below the largest value, and whose quarters are round as well. */
function roundTop(values) {
  const largest = Math.max(4, ...values);
  const power = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= largest);
}

/** A chart that is drawn again whenever its room changes. */
function chart(label, height, draw) {
  const room = element("div", { class: "chart", role: "img", "aria-label": label });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(room.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    const picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, height, "aria-hidden": "true" });
    draw(picture, width, height);
    room.replaceChildren(picture);
  }).observe(room);
  return room;
}

function inWords(members, format) {
  return members.map((member) => `${member.name} ${format(member.value)}`).join(", ");
}

/** Lines and numbers of the axis at the left; gives the room for what is drawn. */
function drawAxis(picture, width, height, top) {
  const room = { left: 44, right: width - 4, top: 10, bottom: height - 24 };
  const steps = 4;
  for (let step = 0; step <= steps; step += 1) {
    const y = room.bottom - ((room.bottom - room.top) * step) / steps;
    picture.append(
      shape("line", { class: step === 0 ? "axis" : "grid", x1: room.left, x2: room.right, y1: y, y2: y }),
      shape("text", { class: "tick", x: room.left - 8, y: y + 4, "text-anchor": "end" },
        shortNumber.format((top * step) / steps)),
    );
  }
  return room;
}

function drawName(picture, name, x, y, width) {
  const most = Math.max(1, Math.floor(width / (isChinese ? 12 : 6.6)));
  const shown = name.length > most ? `${name.slice(0, Math.max(1, most - 1))}…` : name;
  picture.append(shape("text", { class: "tick", x, y, "text-anchor": "middle" }, shown, hint(name)));
}

function barChart(title, members, format, height = 220) {
  return chart(`${title}: ${inWords(members, format)}`, height, (picture, width) => {
    const top = roundTop(members.map((member) => member.value));
    const room = drawAxis(picture, width, height, top);
    const step = (room.right - room.left) / members.length;
    members.forEach((member, place) => {
      const tall = ((room.bottom - room.top) * member.value) / top;
      const wide = Math.min(44, step * 0.62);
      const x = room.left + step * (place + 0.5);
      picture.append(shape("rect", { class: "s0", x: x - wide / 2, y: room.bottom - tall, width: wide, height: tall, rx: 3 },
        hint(`${member.name}: ${format(member.value)}`)));
      drawName(picture, member.name, x, height - 6, step);
    });
  });
}

function lineChart(title, members, format, height = 220) {
  return chart(`${title}: ${inWords(members, format)}`, height, (picture, width) => {
    const top = roundTop(members.map((member) => member.value));
    const room = drawAxis(picture, width, height, top);
    const step = (room.right - room.left) / members.length;
    const points = members.map((member, place) => [
      room.left + step * (place + 0.5), room.bottom - ((room.bottom - room.top) * member.value) / top]);
    const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    const [first, last] = [points[0], points[points.length - 1]];
    picture.append(
      shape("polygon", { class: "s2 area", points: `${first[0]},${room.bottom} ${line} ${last[0]},${room.bottom}` }),
      shape("polyline", { class: "s2 line", points: line }),
    );
    members.forEach((member, place) => {
      const [x, y] = points[place];
      picture.append(shape("circle", { class: "s2 point", cx: x, cy: y, r: 4 },
        hint(`${member.name}: ${format(member.value)}`)));
      drawName(picture, member.name, x, height - 6, step);
    });
  });
}

function stackedChart(title, rows, channels, height = 220) {
  const label = rows.map((row) => `${row.month} ${asMoney(row.sales)}`).join(", ");
  return chart(`${title}: ${label}`, height, (picture, width) => {
    const top = roundTop(rows.map((row) => row.sales));
    const room = drawAxis(picture, width, height, top);
    const step = (room.right - room.left) / rows.length;
    rows.forEach((row, place) => {
      const wide = Math.min(44, step * 0.62);
      const x = room.left + step * (place + 0.5);
      let y = room.bottom;
      row.split.forEach((sales, channel) => {
        const tall = ((room.bottom - room.top) * sales) / top;
        y -= tall;
        picture.append(shape("rect", { class: `${series[channel]} part`, x: x - wide / 2, y, width: wide, height: tall },
          hint(`${row.month}, ${channels[channel]}: ${asMoney(sales)}`)));
      });
      drawName(picture, row.month, x, height - 6, step);
    });
  });
}

function legend(names) {
  return element("ul", { class: "legend" }, ...names.map((name, place) =>
    element("li", {}, element("span", { class: `swatch ${series[place]}` }), name)));
}

/** A ring with the shares beside it. */
function ringChart(title, members, format) {
  const all = members.reduce((sum, member) => sum + member.value, 0);
  const [middle, radius, wide] = [80, 58, 26];
  const around = 2 * Math.PI * radius;
  const picture = shape("svg", { class: "ring", viewBox: "0 0 160 160", width: 160, height: 160, role: "img",
    "aria-label": `${title}: ${inWords(members, format)}` });
  let gone = 0;
  members.forEach((member, place) => {
    const share = all ? member.value / all : 0;
    picture.append(shape("circle", { class: `${series[place]} arc`, cx: middle, cy: middle, r: radius,
      "stroke-width": wide, "stroke-dasharray": `${Math.max(0, share * around - 2)} ${around}`,
      "stroke-dashoffset": -gone * around, transform: `rotate(-90 ${middle} ${middle})` },
    hint(`${member.name}: ${format(member.value)}`)));
    gone += share;
  });
  picture.append(shape("text", { class: "middle", x: middle, y: middle + 6, "text-anchor": "middle" },
    shortNumber.format(all)));
  const shares = element("ul", { class: "shares" }, ...members.map((member, place) => element("li", {},
    element("span", { class: `swatch ${series[place]}` }), element("span", { class: "name" }, member.name),
    element("span", { class: "number" }, percent.format(all ? member.value / all : 0)))));
  return element("div", { class: "ring-chart" }, picture, shares);
}

/** Bars that lie, one for each member, the largest first. */
function barList(members, format) {
  const ordered = [...members].sort((one, other) => other.value - one.value);
  const largest = Math.max(1, ...ordered.map((member) => member.value));
  return element("ol", { class: "bar-list" }, ...ordered.map((member) => {
    const bar = element("span", { class: "bar s0" });
    bar.style.width = `${(100 * member.value) / largest}%`;
    return element("li", {}, element("span", { class: "name" }, member.name),
      element("span", { class: "track" }, bar), element("span", { class: "number" }, format(member.value)));
  }));
}

/** The run of a figure, small enough for its tile. */
function sparkline(values) {
  const largest = Math.max(1, ...values);
  const points = values.map((value, place) => `${2 + (place * 96) / (values.length - 1)},${26 - (22 * value) / largest}`);
  return shape("svg", { class: "spark", viewBox: "0 0 100 28", width: 100, height: 28, "aria-hidden": "true" },
    shape("polyline", { class: "s0 line", points: points.join(" ") }));
}
