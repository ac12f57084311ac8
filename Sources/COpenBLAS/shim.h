// OpenBLAS for Swift: the CBLAS interface, the thread controls, and the choice of the kernels for this processor.
#pragma once
#include <cblas.h>

// Exported by every OpenBLAS built with DYNAMIC_ARCH but in no header of it: they forget and make again the choice of kernels.
void gotoblas_dynamic_init(void);
void gotoblas_dynamic_quit(void);

// What of the wide vector instructions both the processor and the operating system offer: 0 none, 2 AVX2 with FMA,
// 512 also the AVX-512 subset that OpenBLAS calls SkylakeX.
static inline int lancet_vector_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) return 512;
  return 2;
#else
  return 0;
#endif
}
