"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const measures = [
  ["clean_bytes", "Clean volume", "TB"], ["deduplicated_bytes", "Deduplicated volume", "TB"], ["reported_bytes", "Reported volume", "TB"],
  ["robust_bytes", "Robust volume", "TB"], ["exposure_count", "Exposed data stores", "stores"], ["host_count", "Hosts", "hosts"]];
const TB = 1e12, RANKED = 20, LINES = 5, PANELS = 12, ROWS = 30, WEEK = 7, NOTABLE = 0.01;
const palette = ["#0b6e8a", "#d9822b", "#7a5195", "#2f9e69", "#c2415b", "#6b7d95", "#a8873a", "#3d5fc4"];
let measure = "clean_bytes";
let chosen = data.countries.filter(c => c.code !== "ZZ" && data.series[c.code]).slice(0, LINES).map(c => c.code);

const byCode = Object.fromEntries(data.countries.map(c => [c.code, c]));
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const isBytes = key => key.endsWith("_bytes");
const label = key => measures.find(m => m[0] === key)[1];
const unit = key => measures.find(m => m[0] === key)[2];
const scaled = (key, value) => value === null || value === undefined ? null : isBytes(key) ? value / TB : value;

function shown(key, value) {
  const number = scaled(key, value);
  if (number === null) return "hidden";
  if (!isBytes(key)) return number.toLocaleString("en");
  if (number === 0) return "0";
  if (number < 0.001) return "< 0.001";
  return number >= 100 ? Math.round(number).toLocaleString("en") : number.toPrecision(3);
}
const percent = value => value === null || value === undefined ? "–" : (100 * value).toFixed(1) + " %";
const signed = value => value === null || value === undefined ? "–" : (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(100 * value).toFixed(1) + " %";
const shortDay = day => new Date(day).toLocaleDateString("en-GB", {day: "numeric", month: "short", timeZone: "UTC"});
const longDay = day => new Date(day).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});

function element(name, text, style) {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) made.className = style;
  return made;
}
function row(cells, name) {
  const made = document.createElement("tr");
  cells.forEach(cell => made.append(cell instanceof Node ? cell : element(name, cell)));
  return made;
}
function fill(table, head, rows) {
  const thead = document.createElement("thead"), tbody = document.createElement("tbody");
  thead.append(row(head, "th"));
  rows.forEach(cells => tbody.append(row(cells, "td")));
  table.replaceChildren(thead, tbody);
}
/** An SVG element. */
function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}
function sorted() {
  return data.countries.filter(c => c.code !== "ZZ" && c[measure] > 0).sort((a, b) => b[measure] - a[measure]);
}
function chart(id) {
  const place = document.getElementById(id);
  return echarts.getInstanceByDom(place) || echarts.init(place, null, {renderer: "svg"});
}
const axis = () => ({axisLabel: {color: css("--soft")}, axisLine: {lineStyle: {color: css("--line")}}, splitLine: {lineStyle: {color: css("--line")}}});
const box = () => ({backgroundColor: css("--panel"), borderColor: css("--line"), textStyle: {color: css("--ink")}});

function drawFacts() {
  const facts = [["Clean volume worldwide", data.world.clean_bytes === undefined ? "–" : shown("clean_bytes", data.world.clean_bytes) + " TB"],
    ["Countries with exposed stores", data.world.countries.toLocaleString("en")], ["Snapshots", String(data.days.length - data.missing.length)],
    ["Release", data.release]];
  document.getElementById("facts").replaceChildren(...facts.map(([name, value]) => {
    const box = document.createElement("div");
    box.append(element("dt", name), element("dd", value));
    return box;
  }));
}
function drawRanking() {
  document.getElementById("ranked").textContent = `Countries by ${label(measure).toLowerCase()}, ${longDay(data.date)}`;
  const top = sorted().slice(0, RANKED).reverse();
  chart("ranking").setOption({
    animation: false, grid: {left: 8, right: 80, top: 8, bottom: 36, containLabel: true},
    tooltip: {...box(), trigger: "axis", axisPointer: {type: "shadow"}, formatter: points => {
      const c = top[points[0].dataIndex];
      return `<b>${c.name}</b><br>` + measures.map(([key, name, what]) => `${name}: ${shown(key, c[key])} ${what}`).join("<br>");
    }},
    xAxis: {type: "value", name: unit(measure), nameLocation: "middle", nameGap: 24, nameTextStyle: {color: css("--soft")}, ...axis(), axisLabel: {color: css("--soft"), hideOverlap: true}},
    yAxis: {type: "category", data: top.map(c => c.name), axisTick: {show: false}, ...axis(), axisLabel: {color: css("--ink")}},
    series: [{type: "bar", data: top.map(c => scaled(measure, c[measure])), itemStyle: {color: css("--main"), borderRadius: [0, 3, 3, 0]}, barCategoryGap: "28%",
      label: {show: true, position: "right", color: css("--ink"), formatter: point => shown(measure, top[point.dataIndex][measure]) + " " + unit(measure)}}]
  }, true);
}
function drawSeries() {
  chart("series").setOption({
    animation: false, color: palette, grid: {left: 8, right: 44, top: 44, bottom: 8, containLabel: true},
    legend: {top: 4, icon: "roundRect", textStyle: {color: css("--ink")}},
    tooltip: {...box(), trigger: "axis", valueFormatter: value => value === null || value === undefined ? "no snapshot" : (isBytes(measure) ? Number(value).toPrecision(4) : value) + " " + unit(measure)},
    xAxis: {type: "category", data: data.days, boundaryGap: false, ...axis(), axisLabel: {color: css("--soft"), formatter: shortDay, hideOverlap: true}, splitLine: {show: false}},
    yAxis: {type: "value", name: unit(measure), nameTextStyle: {color: css("--soft")}, ...axis()},
    series: chosen.map((code, number) => ({
      type: "line", name: byCode[code].name, connectNulls: false, symbolSize: 5, lineStyle: {width: 2.5},
      data: data.series[code][measure].map(value => scaled(measure, value)),
      markLine: number > 0 ? undefined : {silent: true, symbol: "none", label: {show: false}, lineStyle: {color: css("--soft"), type: "dashed"},
        data: data.breaks.filter(b => b.kind === "method_change" && data.days.includes(b.from)).map(b => ({xAxis: b.from}))},
      markArea: number > 0 ? undefined : {silent: true, itemStyle: {color: css("--line"), opacity: .6},
        data: data.missing.map(day => { const at = data.days.indexOf(day); return [{xAxis: data.days[Math.max(0, at - 1)]}, {xAxis: data.days[Math.min(data.days.length - 1, at + 1)]}]; })}
    }))
  }, true);
  const breaks = data.breaks.filter(b => b.to >= data.days[0])
    .map(b => (b.from === b.to ? b.from : b.from + " to " + b.to) + ": " + b.text + ".");
  document.getElementById("gaps").textContent = (data.missing.length === 0 ? "A whole snapshot on every day."
    : "No whole snapshot on " + data.missing.join(", ") + ": the line breaks there, it does not fall.")
    + (breaks.length === 0 ? "" : " Breaks: " + breaks.join(" "));
}
function verdict(country, word) {
  const made = element("td", word || "–", country.verdict || "");
  made.title = country.verdict_text || "";
  return made;
}
/** The line of one country over its own range, which is at least a fifth of its largest value; broken where a day is missing. */
function line(values, width, height) {
  const known = values.filter(value => value !== null), most = Math.max(...known), least = Math.min(...known, 0.8 * most);
  const last = values.length - 1, edge = 4;
  const place = (value, at) => [edge + (width - 2 * edge) * at / Math.max(1, last), height - edge - (height - 2 * edge) * (value - least) / (most - least)].map(n => n.toFixed(1));
  const path = values.map((value, at) => value === null ? "" : (at === 0 || values[at - 1] === null ? "M" : "L") + place(value, at).join(" ")).join("");
  const picture = drawn("svg", {viewBox: `0 0 ${width} ${height}`, role: "img"}, drawn("path", {d: `M${edge} ${height - edge}H${width - edge}`, class: "base"}), drawn("path", {d: path, class: "line"}));
  if (values[last] !== null) {
    const [x, y] = place(values[last], last);
    picture.append(drawn("circle", {cx: x, cy: y, r: 3.5}));
  }
  return picture;
}
function drawPanels() {
  document.getElementById("panels").replaceChildren(...sorted().filter(c => data.series[c.code]).slice(0, PANELS).map(c => {
    const values = data.series[c.code][measure], before = values[values.length - 1 - WEEK];
    const change = before > 0 ? c[measure] / before - 1 : null;
    const panel = document.createElement("figure"), caption = document.createElement("figcaption");
    caption.append(element("b", c.name), element("span", `${shown(measure, c[measure])} ${unit(measure)}`),
      element("small", change === null ? "" : `${signed(change)} in 7 days`, change > NOTABLE ? "rising" : change < -NOTABLE ? "falling" : "faint"));
    panel.append(caption, line(values, 240, 64));
    return panel;
  }));
}
function drawNumbers() {
  const words = {rising: "▲ rising", falling: "▼ falling", flat: "no trend", too_short: "too short", broken: "broken"};
  fill(document.getElementById("numbers"),
    ["Country", "Clean TB", "Share of world", "Change 7 days", "Change 28 days", "Trend", "Stores", "Hosts", "Largest store", "Reported TB", "Dedupl. TB", "Robust TB"],
    data.countries.slice(0, ROWS).map(c => [c.name, shown("clean_bytes", c.clean_bytes), percent(c.share), signed(c.change_7d),
      signed(c.change_28d), verdict(c, words[c.verdict]), shown("exposure_count", c.exposure_count),
      shown("host_count", c.host_count), percent(c.top1_share), shown("reported_bytes", c.reported_bytes),
      shown("deduplicated_bytes", c.deduplicated_bytes), shown("robust_bytes", c.robust_bytes)]));
}
function drawServices() {
  const rows = data.countries.slice(0, ROWS);
  const most = Math.max(...rows.flatMap(c => Object.values(data.cells[c.code] || {}).map(cell => cell[measure] || 0)));
  document.getElementById("cells").textContent = `${label(measure)}, ${unit(measure)}`;
  const total = service => rows.reduce((sum, c) => sum + ((data.cells[c.code] || {})[service]?.[measure] || 0), 0);
  const services = data.services.map(service => [service, total(service)]).sort((a, b) => b[1] - a[1]).map(([service]) => service);
  fill(document.getElementById("services"), ["Country", ...services], rows.map(c => [c.name, ...services.map(service => {
    const cell = (data.cells[c.code] || {})[service];
    if (!cell || cell.exposure_count === 0) return element("td", "–", "faint");
    if (cell.suppressed) return element("td", "hidden", "faint");
    if (isBytes(measure) && cell.unknown_size_count === cell.exposure_count) return element("td", "no size", "faint");
    const made = element("td", shown(measure, cell[measure]));
    const depth = cell[measure] > 0 ? Math.max(0, 1 + Math.log10(cell[measure] / most) / 6) : 0;
    made.style.background = `color-mix(in srgb, var(--main) ${Math.round(45 * depth)}%, transparent)`;
    return made;
  })]));
}
function draw() {
  drawRanking();
  drawSeries();
  drawPanels();
  drawServices();
}
function choices() {
  const select = document.getElementById("measure");
  measures.forEach(([key, name]) => select.append(new Option(name, key)));
  select.addEventListener("change", () => { measure = select.value; draw(); });
  const country = document.getElementById("country");
  country.append(new Option("choose …", ""));
  data.countries.filter(c => data.series[c.code]).map(c => [c.name, c.code]).sort().forEach(([name, code]) => country.append(new Option(name, code)));
  country.addEventListener("change", () => {
    if (country.value && !chosen.includes(country.value)) chosen = [...chosen, country.value].slice(-palette.length);
    drawSeries();
  });
}
choices();
drawFacts();
drawNumbers();
draw();
document.getElementById("footer").textContent = `Release ${data.release}, made by Exposure Atlas ${data.version}. Cells with fewer than ${data.minHosts} hosts are hidden. `
  + "Charts: Apache ECharts (Apache-2.0).";
window.addEventListener("resize", () => ["ranking", "series"].forEach(id => chart(id).resize()));
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
document.documentElement.dataset.ready = "true";
