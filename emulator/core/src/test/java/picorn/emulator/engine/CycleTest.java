// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop.Reason;
import picorn.emulator.cpu.Timing;
import picorn.emulator.cpu.Translation;
import picorn.emulator.cpu.WaitStates;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Cycles of instructions, by the tables of the Cortex-M4 TRM (3.3, 7-1) and what it says on the timings of loads and stores. */
class CycleTest {
    private static final int CODE = EngineRig.CODE;
    private static final int DATA = EngineRig.DATA;

    private final EngineRig rig = rig();

    private static EngineRig rig() {
        EngineRig rig = new EngineRig(new JavaProvider(Translation.OFF).timed(Timing.M4));
        rig.word(DATA, 0x0302).word(DATA + 0x80, DATA).word(DATA + 0x84, CODE + 4 | 1);
        return rig.set(Reg.R1, DATA)
                .set(Reg.R2, DATA + 0x20)
                .set(Reg.R3, DATA + 0x40)
                .set(Reg.R6, 4)
                .set(Reg.R7, -1)
                .set(Reg.R8, DATA + 0x80)
                .set(Reg.R9, CODE + 4 | 1)
                .set(Reg.R10, DATA + 0x84)
                .set(Reg.R11, 0)
                .set(Reg.R12, 1)
                .set(Reg.MSP, DATA + 0x100);
    }

    /** What ends with BKPT takes so many cycles up to that. */
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
             1 | nop | bf00 be00
             1 | adds r0, r1, r2 | 1888 be00
             1 | movw r0, #1000 | f240 30e8 be00
             1 | mul r0, r1, r2 | fb01 f002 be00
             1 | mla r0, r1, r2, r3 | fb01 3002 be00
             1 | umull r0, r4, r1, r2 | fba1 0402 be00
             1 | smlad r0, r1, r2, r3 | fb21 3002 be00
             2 | udiv r0, r12, r1 | fbbc f0f1 be00
             3 | udiv r0, r12, r12 | fbbc f0fc be00
            12 | udiv r0, r7, r12 | fbb7 f0fc be00
             3 | sdiv r0, r7, r12 | fb97 f0fc be00
             2 | ldr r0, [r1] | 6808 be00
             2 | ldrb r0, [r1, #5] | 7948 be00
             3 | ldr r0, [r1]; ldr r4, [r2] | 6808 6814 be00
             3 | ldr r0, [r1, r6]; str r0, [r3, #20] | 5988 6158 be00
             3 | ldr r0, [r1, r6]; str r4, [r3, r6] | 5988 519c be00
             4 | ldr r0, [r1, r6]; ldr r4, [r2]; ldr r5, [r3, #4] | 5988 6814 685d be00
             4 | ldr r4, [r8]; ldr r0, [r4] | f8d8 4000 6820 be00
             1 | str r0, [r1, #4] | 6048 be00
             2 | str r0, [r1, r6] | 5188 be00
             2 | str r0, [r1], #4 | f841 0b04 be00
             2 | str r0, [r1, #4]; str r0, [r1, #8] | 6048 6088 be00
             4 | str r0, [r1, r6]; ldr r0, [r2] | 5188 6810 be00
             4 | ldr r0, [r1]; nop; str r0, [r2, #8] | 6808 bf00 6090 be00
             4 | adds r1, #4; ldr r0, [r1] | 3104 6808 be00
             3 | adds r0, #4; ldr r0, [r1] | 3004 6808 be00
             4 | ldr r0, [r1, #1] | f8d1 0001 be00
             3 | ldr r0, [r1, #2] | f8d1 0002 be00
             3 | ldrh r0, [r1, #1] | f8b1 0001 be00
             3 | ldrd r0, r4, [r1] | e9d1 0400 be00
             5 | ldr r4, [r2]; ldrd r0, r5, [r1] | 6814 e9d1 0500 be00
             4 | ldm r1, {r0, r4, r5} | e891 0031 be00
             9 | stm r1, {r0, r2-r8} | e881 01fd be00
             3 | push {r0, r1} | b403 be00
             3 | pop {r0, r4} | bc11 be00
             2 | ldrex r0, [r1] | e851 0f00 be00
             2 | b 1f; nop; 1: | e000 bf00 be00
             3 | b 1f; nop; 1: mov.w r0, r0 | e000 bf00 ea4f 0000 be00
             4 | b 1f; nop; nop; 1: mov.w r0, r0 | e001 bf00 bf00 ea4f 0000 be00
             2 | cmp r6, #2; beq 1f; 1: | 2e02 d0ff be00
             3 | cmp r6, #4; beq 1f; nop; nop; 1: | 2e04 d001 bf00 bf00 be00
             2 | bl 1f; nop; nop; 1: | f000 f802 bf00 bf00 be00
             2 | cbz r1, 1f; nop; 1: | b101 bf00 be00
             3 | bx r9; nop | 4748 bf00 be00
             5 | ldr pc, [r10] | f8da f000 be00
             5 | tbb [r1, r11]; nop; nop | e8d1 f00b bf00 bf00 be00
             4 | isb | f3bf 8f6f be00
             1 | dmb | f3bf 8f5f be00
             4 | cmp r6, #2; itt eq; moveq r0, r1; moveq r0, r2 | 2e02 bf04 4608 4610 be00
             2 | mrs r0, primask | f3ef 8010 be00
             2 | cpsid i | b672 be00
             1 | vadd.f32 s0, s1, s2 | ee30 0a81 be00
             1 | vmul.f32 s0, s1, s2 | ee20 0a81 be00
             3 | vmla.f32 s0, s1, s2 | ee00 0a81 be00
             3 | vfma.f32 s0, s1, s2 | eea0 0a81 be00
            14 | vdiv.f32 s0, s1, s2 | ee80 0a81 be00
            14 | vsqrt.f32 s0, s1 | eeb1 0ae0 be00
             2 | vldr s0, [r1] | ed91 0a00 be00
             3 | vldr d0, [r1] | ed91 0b00 be00
             2 | vstr s0, [r1] | ed81 0a00 be00
             5 | vldm r1, {s0-s3} | ec91 0a04 be00
             5 | vpush {d0, d1} | ed2d 0b04 be00
             1 | vmov s0, r0 | ee00 0a10 be00
             2 | vmov r0, r4, s0, s1 | ec54 0a10 be00
             1 | vcvt.s32.f32 s0, s1 | eebd 0ae0 be00
            """)
    void instructionsTakeTheCyclesOfTheManual(int cycles, String instructions, String code) {
        rig.code(halfwords(code));
        assertThat(rig.run(1000).reason()).isEqualTo(Reason.BKPT);
        assertThat(rig.engine.cycles()).isEqualTo(cycles);
    }

    private static int[] halfwords(String code) {
        return Arrays.stream(code.split(" "))
                .mapToInt(each -> Integer.parseInt(each, 16))
                .toArray();
    }

    /** LDR; SDIV of 12 cycles; STR with a register; B to the LDR. */
    private static final int[] LOOP = {0x6808, 0xfbb7, 0xf0fc, 0x5188, 0xe7fa};

    @Test
    void aRunEndsAtTheBoundaryAtOrAfterItsCycleHoweverItIsCut() {
        EngineRig whole = rig().code(LOOP);
        EngineRig cut = rig().code(LOOP);
        CpuEngine engine = cut.engine;
        for (int until = 1; until <= 400; until += 1 + until % 7) {
            whole.engine.run(until);
            while (engine.cycles() < until) {
                engine.run(engine.cycles() + 1);
            }
            assertThat(engine.cycles()).as("until %d", until).isBetween((long) until, until + 11L);
            assertThat(engine.cycles()).isEqualTo(whole.engine.cycles());
            assertThat(engine.pc()).isEqualTo(whole.engine.pc());
            assertThat(engine.instructions()).isEqualTo(whole.engine.instructions());
        }
    }

    @Test
    void aConditionThatFailedTakesACycleAndIsNoInstruction() {
        rig.code(0x2e02, 0xbf04, 0x4608, 0x4610, 0xbf00); // cmp; itt eq; moveq; moveq; nop
        rig.run(3);
        assertThat(rig.engine.cycles()).isEqualTo(3);
        assertThat(rig.engine.instructions()).isEqualTo(2);
        assertThat(rig.engine.pc()).isEqualTo(CODE + 6);
    }

    @Test
    void aLoadIsPipelinedBehindOneBeforeTheStateWasSaved() {
        rig.code(0x6808, 0x6814, 0xbe00);
        rig.run(1);
        StateWriter saved = new StateWriter();
        rig.engine.save(saved);
        EngineRig other = rig().code(0x6808, 0x6814, 0xbe00);
        other.engine.load(new StateReader(saved.toByteArray()));
        assertThat(other.run(100).reason()).isEqualTo(Reason.BKPT);
        assertThat(other.engine.cycles()).isEqualTo(3);
        assertThat(other.engine.instructions()).isEqualTo(2);
    }

    @Test
    void nothingIsPipelinedAcrossAnException() {
        rig.code(0x6808, 0x6814, 0xbe00);
        rig.run(1);
        rig.engine.enterMode(1 << 24, 0, DATA + 0x100, 0);
        rig.run(100);
        assertThat(rig.engine.cycles()).isEqualTo(4);
    }

    @Test
    void cyclesPassBetweenRuns() {
        rig.code(0xbf00, 0xbe00);
        rig.engine.pass(12);
        rig.run(100);
        assertThat(rig.engine.cycles()).isEqualTo(13);
        assertThat(rig.engine.instructions()).isEqualTo(1);
    }

    /** Five cycles for the first fetch from 16 octets, three for each load, seven until a store is done. */
    private static final class Slow implements WaitStates {
        private int line = -1;

        @Override
        public int fetch(int address, long cycle) {
            boolean same = address >> 4 == line;
            line = address >> 4;
            return same ? 0 : 5;
        }

        @Override
        public int read(int address, long cycle) {
            return 3;
        }

        @Override
        public int write(int address, long cycle) {
            return 7;
        }
    }

    @Test
    void fetchesWaitOnceForSixteenOctetsAndTwiceForAnInstructionAcrossThem() {
        rig.engine.waitStates(new Slow());
        rig.code(0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xea4f, 0x0000, 0xbe00);
        rig.run(100);
        assertThat(rig.engine.cycles()).isEqualTo(5 + 7 + 5 + 1);
    }

    @Test
    void loadsWaitAndStoresGoOnUntilTheNextAccess() {
        rig.engine.waitStates(new Slow());
        rig.code(0x6808, 0x6048, 0xbf00, 0x6808, 0xbe00); // ldr; str; nop; ldr
        rig.run(100);
        int first = 5 + 2 + 3;
        int store = first + 1;
        int nop = store + 1;
        int second = nop + 2 + 3;
        assertThat(rig.engine.cycles()).isEqualTo(second + 7 - (nop - first));
    }
}
