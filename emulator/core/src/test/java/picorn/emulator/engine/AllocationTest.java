// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop.Reason;

/** The engine allocates when it decodes, and never after that. */
class AllocationTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLICE = 1000;
    private static final int WARM_UP = 1000;
    private static final int SLICES = 4000;

    private static final int[] MIX = {
        0x3001, // loop: adds r0, #1
        0xea80,
        0x0141, // eor.w r1, r0, r1, lsl #1
        0x2805, // cmp r0, #5
        0xbf14, // ite ne
        0x3201, // addne r2, #1
        0x3a01, // subeq r2, #1
        0x6022, // str r2, [r4, #0]
        0x6823, // ldr r3, [r4, #0]
        0xf8c4,
        0x3005, // str.w r3, [r4, #5]
        0xe8b4,
        0x0808, // ldmia.w r4!, {r3, r11}
        0xe924,
        0x0808, // stmdb r4!, {r3, r11}
        0x602a, // str r2, [r5, #0]: I/O
        0x682b, // ldr r3, [r5, #0]
        0xfba0,
        0x6701, // umull r6, r7, r0, r1
        0xfb96,
        0xf8f2, // sdiv r8, r6, r2
        0xfa82,
        0xf983, // qadd r9, r3, r2
        0xfa86,
        0xfa07, // sadd16 r10, r6, r7
        0xe854,
        0x3f00, // ldrex r3, [r4]
        0xe844,
        0x2300, // strex r3, r2, [r4]
        0xee30,
        0x0a20, // vadd.f32 s0, s0, s1
        0xeea0,
        0x1a20, // vfma.f32 s2, s0, s1
        0xee80,
        0x2aa1, // vdiv.f32 s4, s1, s3
        0xeefd,
        0x2ac0, // vcvt.s32.f32 s5, s0
        0xed84,
        0x2a02, // vstr s4, [r4, #8]
        0xb403, // push {r0, r1}
        0xbc03, // pop {r0, r1}
        0xb662, // cpsie i
        0xf3ef,
        0x8810, // mrs r8, PRIMASK
        0xdf01, // svc 1
        0xe7c1 // b loop
    };

    private final EngineRig rig = new EngineRig();

    @Test
    void runningAllocatesNothing() {
        start();
        assertThat(allocatedBy(SLICES))
                .as("octets in %d instructions", SLICE * SLICES)
                .isZero();
    }

    @Test
    void runningUnderTheMpuAllocatesNothing() {
        rig.context(new Context(Context.Fp.ENABLED, true, false, (address, access, privileged) -> true));
        start();
        assertThat(allocatedBy(SLICES)).isZero();
    }

    @Test
    void faultsAllocateNothing() {
        rig.code(0x6808).set(Reg.R1, EngineRig.NOWHERE); // ldr r0, [r1, #0]
        run(WARM_UP);
        assertThat(allocatedBy(SLICES)).isZero();
    }

    private void start() {
        rig.code(MIX).set(Reg.R2, 1).set(Reg.R4, EngineRig.DATA).set(Reg.R5, EngineRig.IO);
        rig.set(Reg.S1, Float.floatToIntBits(1.5f)).set(Reg.S3, Float.floatToIntBits(3f));
        run(WARM_UP);
        assertThat(rig.get(Reg.R0)).as("the loop has run").isPositive();
        assertThat(rig.io).as("and written I/O").isNotZero();
    }

    /** The least of three rounds: a class that the JVM initialises in one of them is not the engine's. */
    private long allocatedBy(int slices) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = allocated();
            run(slices);
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    /** Runs slices that SVC ends early, entering and leaving handler mode as an exception would. */
    private void run(int slices) {
        for (int i = 0; i < slices; i++) {
            long end = rig.engine.cycles() + SLICE;
            while (rig.engine.cycles() < end && rig.engine.run(end).reason() == Reason.SVC) {
                rig.engine.enterMode(1 << 24 | 11, 4, EngineRig.STACK, EngineRig.STACK);
                rig.engine.clearExclusive();
                rig.engine.enterMode(1 << 24, 4, EngineRig.STACK, EngineRig.STACK);
            }
        }
    }

    private static long allocated() {
        return THREAD.getCurrentThreadAllocatedBytes();
    }
}
