/*
 * HOTP codes (RFC 4226) with the CPU's own SHA-1 instructions, one after the other: what one thread of this machine can do
 * with HMAC's inner and outer states computed once. Built and run by the benchmark, and by nothing else.
 *
 *   hotp-sha-ni SECRET FIRST COUNT     (20 bytes in hex, first moving factor, number of codes)
 *   answers: nanoseconds, last code (6 digits), sum of the codes
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* FIPS 180-4 section 5.3.1; the highest lane holds the first word, as the instructions want it. */
#define INITIAL_ABCD _mm_set_epi32(0x67452301, (int)0xefcdab89, (int)0x98badcfe, 0x10325476)
#define INITIAL_E _mm_set_epi32((int)0xc3d2e1f0, 0, 0, 0)

typedef struct {
  __m128i abcd, e;
} State;

/* Four rounds; `next` adds the rotated A of four rounds ago to the words. K changes every five groups. */
#define ROUNDS(words, group)                                    \
  do {                                                          \
    __m128i with_e = _mm_sha1nexte_epu32(before, words);        \
    before = abcd;                                              \
    abcd = _mm_sha1rnds4_epu32(abcd, with_e, (group) / 5);      \
  } while (0)

/* The next four words of the schedule, in place of the oldest four. */
#define SCHEDULE(w0, w1, w2, w3) \
  w0 = _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w0, w1), w2), w3)

#define SIXTEEN(group)                                   \
  SCHEDULE(w0, w1, w2, w3); ROUNDS(w0, group);           \
  SCHEDULE(w1, w2, w3, w0); ROUNDS(w1, group + 1);       \
  SCHEDULE(w2, w3, w0, w1); ROUNDS(w2, group + 2);       \
  SCHEDULE(w3, w0, w1, w2); ROUNDS(w3, group + 3)

static inline State compress(State state, __m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  __m128i abcd = state.abcd, before = abcd;
  abcd = _mm_sha1rnds4_epu32(abcd, _mm_add_epi32(state.e, w0), 0);
  ROUNDS(w1, 1);
  ROUNDS(w2, 2);
  ROUNDS(w3, 3);
  SIXTEEN(4);
  SIXTEEN(8);
  SIXTEEN(12);
  SIXTEEN(16);
  return (State){_mm_add_epi32(abcd, state.abcd), _mm_sha1nexte_epu32(before, state.e)};
}

/* RFC 2104 section 2: the state after the block of the padded key. */
static State keyed(const uint8_t secret[20], uint8_t pad) {
  uint8_t block[64];
  uint32_t w[16];
  memset(block, pad, sizeof block);
  for (int i = 0; i < 20; i += 1) block[i] ^= secret[i];
  for (int i = 0; i < 16; i += 1) {
    memcpy(&w[i], block + 4 * i, 4);
    w[i] = __builtin_bswap32(w[i]);
  }
  return compress((State){INITIAL_ABCD, INITIAL_E}, _mm_set_epi32(w[0], w[1], w[2], w[3]),
                  _mm_set_epi32(w[4], w[5], w[6], w[7]), _mm_set_epi32(w[8], w[9], w[10], w[11]),
                  _mm_set_epi32(w[12], w[13], w[14], w[15]));
}

static inline uint32_t code_of(State inner, State outer, uint64_t factor) {
  const __m128i zero = _mm_setzero_si128();
  /* Eight bytes after one block, then five words after one block: 72 and 84 bytes, in bits. */
  State digest = compress(inner, _mm_set_epi32((int)(factor >> 32), (int)factor, (int)0x80000000, 0), zero, zero,
                          _mm_set_epi32(0, 0, 0, 72 * 8));
  State mac = compress(outer, digest.abcd, _mm_or_si128(digest.e, _mm_set_epi32(0, (int)0x80000000, 0, 0)), zero,
                       _mm_set_epi32(0, 0, 0, 84 * 8));
  /* Dynamic truncation, RFC 4226 section 5.3. */
  uint32_t words[4];
  uint8_t bytes[20];
  _mm_storeu_si128((__m128i *)words, mac.abcd);
  for (int i = 0; i < 4; i += 1) {
    uint32_t word = __builtin_bswap32(words[3 - i]);
    memcpy(bytes + 4 * i, &word, 4);
  }
  uint32_t last = __builtin_bswap32((uint32_t)_mm_extract_epi32(mac.e, 3));
  memcpy(bytes + 16, &last, 4);
  uint32_t bits;
  memcpy(&bits, bytes + (bytes[19] & 15), 4);
  return (__builtin_bswap32(bits) & 0x7fffffff) % 1000000;
}

int main(int count_of_arguments, char **arguments) {
  if (count_of_arguments != 4 || strlen(arguments[1]) != 40) return 2;
  uint8_t secret[20];
  for (int i = 0; i < 20; i += 1) {
    unsigned byte;
    if (sscanf(arguments[1] + 2 * i, "%2x", &byte) != 1) return 2;
    secret[i] = (uint8_t)byte;
  }
  uint64_t first = strtoull(arguments[2], NULL, 10), count = strtoull(arguments[3], NULL, 10), sum = 0;
  State inner = keyed(secret, 0x36), outer = keyed(secret, 0x5c);
  uint32_t code = 0;
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (uint64_t i = 0; i < count; i += 1) {
    code = code_of(inner, outer, first + i);
    sum += code;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  long long ns = (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec);
  printf("%lld %u %llu\n", ns, code, (unsigned long long)sum);
  return 0;
}
