import type { DriftHistory } from "../mfa/drift-history.ts";
import type { DriftPoint } from "./drift-figures.ts";

/** The drawing's size in its own units, and the margins that the words around it need. */
export const PLOT = { width: 640, height: 220, left: 8, right: 8, top: 14, bottom: 26 } as const;

/** Of the width, what is left for the time to come. */
const FUTURE = 0.18;

const HOUR_MS = 3_600_000;

/** The lines of a plot as SVG paths, in whole units: a page of them weighs some hundred bytes. */
export interface DriftPaths {
  /** Each code a point, drawn by a round line end. */
  readonly dots: string;
  readonly trend: string;
  readonly future: string;
  /** Where codes are accepted. */
  readonly band: string;
  /** Codes before a resync, and the line they followed; empty without one. */
  readonly dotsBefore: string;
  readonly trendBefore: string;
  readonly zeroY: number;
  readonly nowX: number;
  /** The bounds, for the words at the edges. */
  readonly fromMs: number;
  readonly mostSeconds: number;
}

/** What is plotted. */
export interface DriftSeries {
  readonly history: DriftHistory;
  readonly points: readonly DriftPoint[];
}

/** Lays out the plot: the time of the codes, now and a stretch to come; seconds up to the largest of all that is drawn. */
export function driftPaths(
  series: DriftSeries,
  before: DriftSeries | null,
  { periodSeconds, nowMs }: { readonly periodSeconds: number; readonly nowMs: number },
): DriftPaths {
  const all = [...(before?.points ?? []), ...series.points];
  const fromMs = Math.min(nowMs - HOUR_MS, ...all.map(({ atMs }) => atMs));
  const toMs = nowMs + (nowMs - fromMs) * (FUTURE / (1 - FUTURE));
  const startMs = Math.max(fromMs, series.points[0]?.atMs ?? fromMs);
  const predicted = [startMs, nowMs, toMs].map((atMs) => series.history.predictSeconds(atMs));
  const mostSeconds = Math.max(
    periodSeconds * 1.5,
    ...all.map(({ seconds }) => Math.abs(seconds) + periodSeconds / 2),
    ...predicted.map((seconds) => Math.abs(seconds) + periodSeconds),
  );
  const { width, height, left, right, top, bottom } = PLOT;
  const x = (atMs: number) => Math.round(left + ((atMs - fromMs) / (toMs - fromMs)) * (width - left - right));
  const y = (seconds: number) =>
    Math.round(top + (1 - (seconds / mostSeconds + 1) / 2) * (height - top - bottom));
  const dots = (points: readonly DriftPoint[]) =>
    points.map(({ atMs, seconds }) => `M${x(atMs)} ${y(seconds)}h0`).join("");
  const line = (from: DriftHistory, start: number, end: number) =>
    `M${x(start)} ${y(from.predictSeconds(start))}L${x(end)} ${y(from.predictSeconds(end))}`;
  const edge = (sign: number, atMs: number) =>
    `${x(atMs)} ${y(series.history.predictSeconds(atMs) + sign * periodSeconds)}`;
  const firstBefore = before?.points[0];
  return {
    dots: dots(series.points),
    trend: line(series.history, startMs, nowMs),
    future: line(series.history, nowMs, toMs),
    band: `M${edge(1, startMs)}L${edge(1, toMs)}L${edge(-1, toMs)}L${edge(-1, startMs)}Z`,
    dotsBefore: dots(before?.points ?? []),
    trendBefore: before && firstBefore ? line(before.history, firstBefore.atMs, startMs) : "",
    zeroY: y(0),
    nowX: x(nowMs),
    fromMs,
    mostSeconds,
  };
}
