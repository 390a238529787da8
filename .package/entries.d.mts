export declare const ELEMENTS: readonly string[];
export declare const ENTRIES: Readonly<Record<string, string>>;
export declare const WORKERS: readonly string[];
export declare const OUTPUT: string;
