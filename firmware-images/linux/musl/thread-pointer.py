# SPDX-License-Identifier: MIT
"""Run in musl's source tree: takes the thread pointer from the kernel's get_tls call, since ARMv7-M has no coprocessor 15."""
import pathlib

GET_TLS = 0xF0006  # __ARM_NR_get_tls, arch/arm/include/uapi/asm/unistd.h

header = pathlib.Path("arch/arm/pthread_arch.h")
header.write_text(f"""\
#if __ARM_ARCH_PROFILE == 'M'
static inline uintptr_t __get_tp()
{{
	register uintptr_t tp __asm__("r0");
	__asm__ __volatile__ ("push {{r7}}\\n\\tmovw r7, #{GET_TLS & 0xFFFF}\\n\\tmovt r7, #{GET_TLS >> 16}\\n\\tsvc 0\\n\\tpop {{r7}}"
		: "=r"(tp) : : "memory");
	return tp;
}}
#define TLS_ABOVE_TP
#define GAP_ABOVE_TP 8
#define MC_PC arm_pc
#else
{header.read_text()}
#endif
""")

# The compiler's calls for it and for atomic operations; the latter are instructions of ARMv7-M, no helpers are needed.
pathlib.Path("src/thread/arm/__aeabi_read_tp.s").write_text(f"""\
.syntax unified
.text
.global __aeabi_read_tp
.type __aeabi_read_tp, %function
__aeabi_read_tp:
	push {{r7, lr}}
	movw r7, #{GET_TLS & 0xFFFF}
	movt r7, #{GET_TLS >> 16}
	svc 0
	pop {{r7, pc}}
""")
pathlib.Path("src/thread/arm/atomics.s").write_text(".syntax unified\n")
