/**
 * SHA-512's 80 round constants and 8 words of initial state, 64 bits each: the TypeScript kernel needs them as well, so
 * they stand there (sha2-constants.ts) and are written to this place before anything is computed.
 */
export const sha2 = memory.data(88 * 8, 16);
export const K512 = sha2;
export const H512 = sha2 + 80 * 8;

/**
 * SHA-256 takes the first 32 bits of the first 64 of K and of H (FIPS 180-4, 4.2.2 and 5.3.3): the high halves, which stand
 * second in memory. Eight bytes from one to the next.
 */
export const K256 = K512 + 4;
export const H256 = H512 + 4;
