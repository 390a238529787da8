import { html, nothing, svg, type TemplateResult } from "lit";
import type { DriftHistory } from "../mfa/drift-history.ts";
import { driftFigures, type DriftFigures } from "./drift-figures.ts";
import type { DriftMessages } from "./drift-messages.ts";
import { type DriftPaths, driftPaths, PLOT } from "./drift-path.ts";
import { formatDay, formatDuration, formatMoment } from "./formats.ts";
import type { Messages } from "./messages.ts";

/** What the plot is drawn from. */
export interface DriftView {
  readonly history: DriftHistory;
  /** What was known before a resync, to compare; null without one. */
  readonly before?: DriftHistory | null;
  readonly type: "totp" | "hotp";
  readonly periodSeconds: number;
  readonly nowMs: number;
  readonly text: DriftMessages;
  readonly shared: Messages;
}

/** A token's clock: a sentence, a drawing, and the same values as a table. */
export function renderDrift(view: DriftView): TemplateResult {
  const { history, before, type, periodSeconds, nowMs, text } = view;
  if (type === "hotp") return html`<p class="muted">${text.driftCounter}</p>`;
  const figures = driftFigures(history, periodSeconds, nowMs);
  if (figures.points.length === 0) return html`<p class="muted">${text.driftNoneYet}</p>`;
  const old = before && before.observations.length > 0 ? driftFigures(before, periodSeconds, nowMs) : null;
  const paths = driftPaths(
    { history, points: figures.points },
    before && old ? { history: before, points: old.points } : null,
    { periodSeconds, nowMs },
  );
  return html`<figure class="drift">
    <figcaption>${driftSummary(figures, old, view)}</figcaption>
    ${drawing(paths, view)}
    <details>
      <summary>${text.driftTable}</summary>
      ${table([...(old?.points ?? []), ...figures.points], view)}
    </details>
  </figure>`;
}

/** What the drawing shows, in words. */
export function driftSummary(figures: DriftFigures, old: DriftFigures | null, view: DriftView): string {
  const { text, shared } = view;
  const now = offsetWords(figures.offsetSeconds, view);
  const { secondsPerMonth: rate, inAYearSeconds } = figures;
  const parts: string[] = [];
  if (old) parts.push(text.driftResynced(offsetWords(old.offsetSeconds, view), now));
  if (rate === null) parts.push(text.driftOne(now));
  else if (rate === 0) parts.push(text.driftKeeps(now));
  else {
    const words = formatDuration(Math.abs(rate), shared);
    parts.push(rate > 0 ? text.driftGains(now, words) : text.driftLoses(now, words));
    if (inAYearSeconds !== null) parts.push(text.driftInAYear(offsetWords(inAYearSeconds, view)));
  }
  return parts.join(" ");
}

function offsetWords(seconds: number, { text, shared }: DriftView): string {
  if (Math.round(seconds) === 0) return text.driftRight;
  const words = formatDuration(Math.abs(seconds), shared);
  return seconds < 0 ? shared.behind(words) : shared.ahead(words);
}

function drawing(paths: DriftPaths, { text, shared }: DriftView): TemplateResult {
  const { width, height, top, bottom } = PLOT;
  const number = new Intl.NumberFormat(shared.locale, {
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const edge = shared.seconds(number.format(paths.mostSeconds));
  const floor = shared.seconds(number.format(-paths.mostSeconds));
  const old = paths.dotsBefore
    ? svg`<path class="line before" d=${paths.trendBefore} /><path class="dots before" d=${paths.dotsBefore} />`
    : nothing;
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label=${text.driftPlot}>
    <path class="band" d=${paths.band} />
    <path class="zero" d="M0 ${paths.zeroY}H${width}" />
    <path class="now" d="M${paths.nowX} ${top}V${height - bottom}" />
    ${old}
    <path class="line" d=${paths.trend} />
    <path class="line future" d=${paths.future} />
    <path class="dots" d=${paths.dots} />
    <text x="4" y="20">${edge}</text>
    <text x="4" y=${height - bottom - 4}>${floor}</text>
    <text x="4" y=${height - 6}>${formatDay(paths.fromMs, shared)}</text>
    <text x=${paths.nowX} y=${height - 6} text-anchor="middle">${text.driftToday}</text>
  </svg>`;
}

function table(points: DriftFigures["points"], view: DriftView): TemplateResult {
  const { text, shared } = view;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${text.driftTitle}>
    <table>
      <thead>
        <tr>
          <th scope="col">${text.driftWhen}</th>
          <th scope="col">${text.driftOffset}</th>
        </tr>
      </thead>
      <tbody>
        ${points.toReversed().map(
          ({ atMs, seconds }) =>
            html`<tr>
              <td>${formatMoment(atMs, shared)}</td>
              <td>${offsetWords(seconds, view)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
