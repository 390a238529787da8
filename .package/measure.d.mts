export declare function measure(
  entry: string,
  options?: { readonly external?: readonly (string | RegExp)[] },
): Promise<{ readonly first: number; readonly later: number }>;
