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
/** An interval as text; null where it is not known. */
function interval(key, country) {
  const low = country[key + "_low95"], high = country[key + "_high95"];
  return isKnown(low) && isKnown(high) ? `${shown(key, low)} – ${shown(key, high)}` : null;
}
const isKnown = value => value !== null && value !== undefined;
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
      return `<b>${c.name}</b><br>` + measures.map(([key, name, what]) => `${name}: ${shown(key, c[key])} ${what}`
        + (interval(key, c) ? ` (95 %: ${interval(key, c)})` : "")).join("<br>");
    }},
    xAxis: {type: "value", name: unit(measure), nameLocation: "middle", nameGap: 24, nameTextStyle: {color: css("--soft")}, ...axis(), axisLabel: {color: css("--soft"), hideOverlap: true}},
    yAxis: {type: "category", data: top.map(c => c.name), axisTick: {show: false}, ...axis(), axisLabel: {color: css("--ink")}},
    series: [{type: "bar", data: top.map(c => scaled(measure, c[measure])), itemStyle: {color: css("--main"), borderRadius: [0, 3, 3, 0]}, barCategoryGap: "28%",
      label: {show: true, position: "right", color: css("--ink"), formatter: point => interval(measure, top[point.dataIndex]) ? "" : shown(measure, top[point.dataIndex][measure]) + " " + unit(measure)}},
      whiskers(top.map((c, at) => [at, scaled(measure, c[measure + "_low95"]), scaled(measure, c[measure + "_high95"]), shown(measure, c[measure]) + " " + unit(measure)]))]
  }, true);
  document.getElementById("bounds").textContent = top.some(c => interval(measure, c))
    ? "Lines: 95 % intervals. Where they overlap, the order of two countries is not sure." : "How sure these figures are is not known for this measure.";
}
/** A line from low to high with a text behind it, per row [place, low, high, text] of a bar chart; rows without bounds are left out. */
function whiskers(rows) {
  const known = rows.filter(([, low, high]) => isKnown(low) && isKnown(high));
  return {type: "custom", silent: true, z: 5, data: known.map(([at, low, high]) => [low, high, at]), encode: {x: [0, 1], y: 2},
    renderItem: (params, api) => {
      const [left, y] = api.coord([api.value(0), api.value(2)]), [right] = api.coord([api.value(1), api.value(2)]), half = 4;
      const stroke = {stroke: css("--ink"), lineWidth: 1.4};
      return {type: "group", children: [
        {type: "line", shape: {x1: left, y1: y, x2: right, y2: y}, style: stroke},
        {type: "line", shape: {x1: left, y1: y - half, x2: left, y2: y + half}, style: stroke},
        {type: "line", shape: {x1: right, y1: y - half, x2: right, y2: y + half}, style: stroke},
        {type: "text", style: {text: known[params.dataIndex][3], x: right + 8, y, verticalAlign: "middle", fill: css("--ink"), font: "12px system-ui, sans-serif"}}]};
    }};
}
/** From before to after in steps; what is hidden is one step, because the whole closes. */
function drawChurn() {
  const code = document.getElementById("mover").value, flows = data.churn[code];
  if (!flows) return;
  const steps = [["entered", 1], ["moved_in", 1], ["grew", 1], ["remeasured", 1], ["left", -1], ["moved_out", -1], ["shrank", -1]]
    .map(([name, sign]) => [name.replace("_", " "), flows[name + "_bytes"] === null ? null : sign * flows[name + "_bytes"]]);
  const rest = flows.after_bytes - flows.before_bytes - steps.reduce((sum, [, bytes]) => sum + (bytes || 0), 0);
  const shownSteps = steps.filter(([, bytes]) => bytes);
  if (steps.some(([, bytes]) => bytes === null)) shownSteps.push(["few stores, net", rest]);
  let level = flows.before_bytes;
  const bars = [["before", 0, level, "--soft"], ...shownSteps.map(([name, bytes]) => {
    const from = level;
    level += bytes;
    return [name, from, level, bytes > 0 ? "--up" : "--down"];
  }), ["after", 0, flows.after_bytes, "--main"]];
  const low = Math.min(...bars.slice(1, -1).flatMap(bar => [bar[1], bar[2]]), flows.before_bytes, flows.after_bytes);
  const high = Math.max(...bars.flatMap(bar => [bar[1], bar[2]])), floor = Math.max(0, low - (high - low)) / TB;
  const text = ([name, from, to]) => name === "before" || name === "after" ? shown("clean_bytes", to) : (to > from ? "+" : "−") + shown("clean_bytes", Math.abs(to - from));
  chart("churn").setOption({
    animation: false, grid: {left: 8, right: 24, top: 28, bottom: 8, containLabel: true},
    xAxis: {type: "category", data: bars.map(bar => bar[0]), ...axis(), axisTick: {show: false}, axisLabel: {color: css("--ink"), interval: 0, hideOverlap: false}, splitLine: {show: false}},
    yAxis: {type: "value", name: "TB", min: floor, nameTextStyle: {color: css("--soft")}, ...axis(), axisLabel: {color: css("--soft"), formatter: value => Number(value.toPrecision(4))}},
    series: [{type: "bar", stack: "flow", silent: true, itemStyle: {color: "transparent"}, data: bars.map(([, from, to]) => Math.max(floor, Math.min(from, to) / TB))},
      {type: "bar", stack: "flow", silent: true, barCategoryGap: "35%",
        data: bars.map(([name, from, to, color]) => ({value: Math.max(from, to) / TB - Math.max(floor, Math.min(from, to) / TB), itemStyle: {color: css(color), borderRadius: 2}})),
        label: {show: true, position: "top", color: css("--ink"), formatter: point => text(bars[point.dataIndex])}}]
  }, true);
  document.getElementById("pair").textContent = `Clean volume in TB, ${longDay(flows.from)} to ${longDay(data.date)}; the axis does not begin at zero. It closes to the byte; `
    + "flows of few stores are shown together.";
}
function drawSurvival() {
  const rows = data.survival.filter(s => isKnown(s.median_days)).slice(0, PANELS).reverse();
  document.getElementById("lives").hidden = rows.length === 0;
  if (rows.length === 0) return;
  const most = Math.max(...rows.map(s => s.median_days_high95 || s.median_days));
  chart("survival").setOption({
    animation: false, grid: {left: 8, right: 80, top: 8, bottom: 36, containLabel: true},
    tooltip: {...box(), trigger: "item", formatter: point => {
      const s = rows[point.dataIndex];
      return `<b>${s.name}</b><br>${s.stores.toLocaleString("en")} stores whose opening was seen<br>open after 28 days: ${percent(s.survival_28d)}`
        + (isKnown(s.survival_28d_low95) ? ` (95 %: ${percent(s.survival_28d_low95)} – ${percent(s.survival_28d_high95)})` : "");
    }},
    xAxis: {type: "value", name: "days", nameLocation: "middle", nameGap: 24, min: 0, nameTextStyle: {color: css("--soft")}, ...axis()},
    yAxis: {type: "category", data: rows.map(s => s.name), axisTick: {show: false}, ...axis(), axisLabel: {color: css("--ink")}},
    series: [{type: "scatter", symbolSize: 11, itemStyle: {color: css("--main")}, data: rows.map((s, at) => [s.median_days, at])},
      whiskers(rows.map((s, at) => [at, isKnown(s.median_days_low95) ? s.median_days_low95 : 0, isKnown(s.median_days_high95) ? s.median_days_high95 : 1.1 * most,
        s.median_days.toFixed(1) + " days"]))]
  }, true);
}
function drawLorenz() {
  const curves = chosen.map(code => byCode[code]).filter(c => c.lorenz);
  document.getElementById("shares").hidden = curves.length === 0;
  if (curves.length === 0) return;
  chart("lorenz").setOption({
    animation: false, color: palette, grid: {left: 8, right: 44, top: 44, bottom: 36, containLabel: true},
    legend: {top: 4, icon: "roundRect", textStyle: {color: css("--ink")}, data: curves.map(c => c.name), formatter: name => `${name} (Gini ${curves.find(c => c.name === name).gini?.toFixed(2)})`},
    tooltip: {...box(), trigger: "axis", valueFormatter: value => Number(value).toPrecision(3) + " %"},
    xAxis: {type: "value", min: 0, max: 100, name: "% of the stores, smallest first", nameLocation: "middle", nameGap: 24, nameTextStyle: {color: css("--soft")}, ...axis(), splitLine: {show: false}},
    yAxis: {type: "value", min: 0, max: 100, name: "% of the volume", nameTextStyle: {color: css("--soft"), align: "left"}, ...axis()},
    series: [...curves.map(c => ({type: "line", name: c.name, showSymbol: false, lineStyle: {width: 2.5}, data: c.lorenz.map((share, at) => [100 * at / (c.lorenz.length - 1), 100 * share])})),
      {type: "line", name: "equal shares", showSymbol: false, silent: true, color: css("--soft"), lineStyle: {width: 1, type: "dashed"}, data: [[0, 0], [100, 100]]}]
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
/** Rank by clean volume, with the places it may have. */
function place(c) {
  if (!isKnown(c.rank)) return "–";
  return isKnown(c.rank_low95) && c.rank_low95 !== c.rank_high95 ? `${c.rank} (${c.rank_low95}–${c.rank_high95})` : String(c.rank);
}
function drawNumbers() {
  const words = {rising: "▲ rising", falling: "▼ falling", flat: "no trend", too_short: "too short", broken: "broken"};
  fill(document.getElementById("numbers"),
    ["Country", "Clean TB", "95 % interval", "Place", "First", "Share of world", "Change 7 days", "Change 28 days", "Trend", "Stores", "Hosts", "Largest store", "Reported TB"],
    data.countries.slice(0, ROWS).map(c => [c.name, shown("clean_bytes", c.clean_bytes), interval("clean_bytes", c) || "–", place(c), percent(c.first_probability), percent(c.share), signed(c.change_7d),
      signed(c.change_28d), verdict(c, words[c.verdict]), shown("exposure_count", c.exposure_count),
      shown("host_count", c.host_count), percent(c.top1_share), shown("reported_bytes", c.reported_bytes)]));
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
  drawChurn();
  drawSurvival();
  drawLorenz();
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
    drawLorenz();
  });
  const mover = document.getElementById("mover"), movers = data.countries.filter(c => data.churn[c.code]);
  movers.forEach(c => mover.append(new Option(c.name, c.code)));
  document.getElementById("flows").hidden = movers.length === 0;
  mover.addEventListener("change", drawChurn);
}
choices();
drawFacts();
drawNumbers();
draw();
document.getElementById("footer").textContent = `Release ${data.release}, made by Exposure Atlas ${data.version}. Cells with fewer than ${data.minHosts} hosts are hidden. `
  + "Charts: Apache ECharts (Apache-2.0).";
window.addEventListener("resize", () => ["ranking", "series", "churn", "survival", "lorenz"].forEach(id => chart(id).resize()));
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
document.documentElement.dataset.ready = "true";
