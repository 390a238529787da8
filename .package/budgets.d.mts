export declare const BUDGETS: readonly {
  readonly use: string;
  readonly entry: string;
  readonly limit: number;
  readonly target: number;
}[];
