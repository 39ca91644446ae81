// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/** Watched memory is as it was, and the bus hears of each load and store first, and may refuse it. */
public abstract class WatchContract extends EngineContract {
    private static final int PAGE = 1024;
    /** Loads and stores of every form, in IT blocks and out of them, at R1 on. */
    private static final int[] PROGRAM = {
        0xee01, 0x6a10, // vmov s2, r6
        0x3601, //         adds r6, #1
        0x600e, //         str r6, [r1]
        0x680a, //         ldr r2, [r1]
        0x42a4, //         cmp r4, r4
        0xbf01, //         itttt eq
        0x604e, //         streq r6, [r1, #4]
        0x688a, //         ldreq r2, [r1, #8]
        0x3601, //         addeq r6, #1
        0x810e, //         strheq r6, [r1, #8]
        0xbf0d, //         iteet eq
        0x720e, //         strbeq r6, [r1, #8]
        0x600f, //         strne r7, [r1]
        0x3701, //         addne r7, #1
        0xc14d, //         stmeq r1!, {r0, r2, r3, r6}
        0xe9c1, 0x6204, // strd r6, r2, [r1, #16]
        0xe9d1, 0x0304, // ldrd r0, r3, [r1, #16]
        0xe91d, 0x0005, // ldmdb sp, {r0, r2}
        0xe851, 0x0f00, // ldrex r0, [r1]
        0xe841, 0x6700, // strex r7, r6, [r1]
        0xf8d1, 0x2001, // ldr.w r2, [r1, #1]
        0xf8c1, 0x2005, // str.w r2, [r1, #5]
        0xed81, 0x0b02, // vstr d0, [r1, #8]
        0xed91, 0x1b02, // vldr d1, [r1, #8]
        0x3601, //         adds r6, #1
        0xe7fe, //         b .
    };

    private static final int CYCLES = 27;

    @BeforeEach
    void showRam() {
        bus.shows(RAM, ram);
    }

    @Test
    void loadsAndStoresOfWatchedMemoryReachTheBus() {
        code(0x6808, 0x6048, 0xf8d1, 0x2400); // ldr r0, [r1]; str r0, [r1, #4]; ldr.w r2, [r1, #1024]
        ram.put32(DATA - RAM, 0x1234_5678);
        ram.put32(DATA - RAM + PAGE, 0xcafe);
        engine.set(Reg.R1, DATA);
        engine.watch(DATA, PAGE);

        run(3);

        assertThat(bus.accesses()).containsExactly("R4 20008000", "W4 20008004=12345678");
        assertThat(reg(Reg.R0)).isEqualTo(0x1234_5678);
        assertThat(reg(Reg.R2)).isEqualTo(0xcafe);
        assertThat(ram.get32(DATA - RAM + 4)).isEqualTo(0x1234_5678);
    }

    @Test
    void whatIsNoLongerWatchedDoesNotReachTheBus() {
        code(0x6808, 0x6048); // ldr r0, [r1]; str r0, [r1, #4]
        engine.set(Reg.R1, DATA);
        engine.watch(DATA - PAGE, 3 * PAGE);
        engine.unwatch(DATA, PAGE);

        run(2);

        assertThat(bus.accesses()).isEmpty();
    }

    @Test
    void everyLoadAndStoreReachesTheBusEachTime() {
        code(0x600e, 0x680a, 0x680a, 0x604e, 0x684a, 0x680a, 0xe7f8); // str, ldr, ldr, str, ldr, ldr; b
        engine.set(Reg.R1, DATA);
        engine.watch(DATA, PAGE);

        run(14);

        assertThat(bus.accesses()).hasSize(12);
    }

    @Test
    void programDoesOnWatchedMemoryWhatItDoesElsewhere() {
        List<String> plain = stepped();
        engine.watch(DATA, PAGE);

        assertThat(stepped()).isEqualTo(plain);
        prepare();
        run(CYCLES);
        assertThat(state()).isEqualTo(plain.get(CYCLES));
    }

    @Test
    void everyRefusalLeavesTheStateBeforeItsInstruction() {
        engine.watch(DATA, PAGE);
        int accesses = accessesOfProgram();
        for (int number = 0; number < accesses; number++) {
            prepare();
            refuseAccess(number);
            Stop stop = run(CYCLES);
            assertThat(stop.fault()).as("access %d", number).isIn(Fault.READ, Fault.WRITE);
            assertThat(stop.address() & -8).as("access %d", number).isEqualTo(refusedAt & -8);
            String before = state();
            long cycles = engine.cycles() - startOfRun;
            prepare();
            refuseNothing();
            run(cycles);
            assertThat(withoutMemory(before)).as("access %d", number).isEqualTo(withoutMemory(state()));
        }
    }

    @Test
    void refusedAccessCanBeTriedAgain() {
        engine.watch(DATA, PAGE);
        int accesses = accessesOfProgram();
        prepare();
        refuseNothing();
        run(CYCLES);
        String end = state();
        for (int number = 0; number < accesses; number++) {
            prepare();
            refuseAccess(number);
            run(CYCLES);
            long done = engine.cycles() - startOfRun;
            refuseNothing();
            run(CYCLES - done);
            assertThat(state()).as("access %d", number).isEqualTo(end);
        }
    }

    @Test
    void codeInWatchedMemoryExecutes() {
        code(0x4800, 0xe001, 0x5678, 0x1234, 0x3601, 0xdf07); // ldr r0, [pc]; b; .word; adds r6, #1; svc #7
        engine.watch(CODE, PAGE);

        Stop stop = run(10);

        assertStopped(stop, Reason.SVC, CODE + 12);
        assertThat(reg(Reg.R0)).isEqualTo(0x1234_5678);
    }

    @Test
    void codeThatChangesInWatchedMemoryIsExecutedAsChanged() {
        code(0x3601, 0x8008, 0xf3bf, 0x8f6f, 0xe7fa); // adds r6, #1; strh r0, [r1]; isb; b
        engine.watch(CODE, PAGE);
        engine.set(Reg.R0, 0x3610); // adds r6, #16
        engine.set(Reg.R1, CODE);
        bus.on(CODE, address -> engine.changed(ram, CODE - RAM, 2));

        run(5);

        assertThat(reg(Reg.R6)).isEqualTo(17);
    }

    /** An engine may have translated it, on the understanding that memory is where it was. */
    @Test
    void aLoopThatHasRunOftenIsSeenFromWhenItIsWatched() {
        code(0x600e, 0x3601, 0x680a, 0xe7fb); // str r6, [r1]; adds r6, #1; ldr r2, [r1]; b
        engine.set(Reg.R1, DATA);
        run(1_000_000);
        engine.watch(DATA, PAGE);
        assertThat(bus.accesses()).isEmpty();
        run(4000);
        assertThat(bus.accesses()).hasSize(2000);
        engine.unwatch(DATA, PAGE);
        run(4000);
        assertThat(bus.accesses()).hasSize(2000);
    }

    @Test
    void flashCanBeWatched() {
        code(0x6808, 0x6048); // ldr r0, [r1]; str r0, [r1, #4]
        flash.put32(0x400, 0x1234_5678);
        bus.shows(FLASH, flash);
        engine.set(Reg.R1, FLASH + 0x400);
        engine.watch(FLASH + 0x400, PAGE);

        run(2);

        assertThat(bus.accesses()).containsExactly("R4 08000400", "W4 08000404=12345678");
        assertThat(reg(Reg.R0)).isEqualTo(0x1234_5678);
    }

    @Test
    void memoryThatDoesNotExecuteCanBeWatched() {
        code(0x6808, 0x6048); // ldr r0, [r1]; str r0, [r1, #4]
        dataOnly.put32(0, 0x1234_5678);
        bus.shows(DATA_ONLY, dataOnly);
        engine.set(Reg.R1, DATA_ONLY);
        engine.watch(DATA_ONLY, PAGE);

        run(2);

        assertThat(bus.accesses()).containsExactly("R4 10000000", "W4 10000004=12345678");
        assertThat(dataOnly.get32(4)).isEqualTo(0x1234_5678);
        engine.set(Reg.PC, DATA_ONLY);
        assertFault(run(1), Fault.FETCH, DATA_ONLY);
    }

    @Test
    void whatIsMappedLaterIsWatchedToo() {
        int elsewhere = 0x6000_0000;
        code(0x6808, 0xbf00); // ldr r0, [r1]
        bus.shows(elsewhere, ram);
        engine.set(Reg.R1, elsewhere);
        engine.watch(elsewhere, PAGE);
        engine.map(elsewhere, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);

        run(1);
        assertThat(bus.accesses()).containsExactly("R4 60000000");

        engine.unwatch(elsewhere, PAGE);
        engine.set(Reg.PC, CODE);
        run(1);
        assertThat(bus.accesses()).hasSize(1);
    }

    private long startOfRun;
    private int refusedAt;

    private List<String> stepped() {
        prepare();
        List<String> states = new ArrayList<>();
        for (int cycle = 0; cycle <= CYCLES; cycle++) {
            states.add(state());
            run(1);
        }
        return states;
    }

    private int accessesOfProgram() {
        prepare();
        refuseNothing();
        run(CYCLES);
        return bus.accesses().size();
    }

    private void prepare() {
        restart();
        code(PROGRAM);
        engine.set(Reg.R0, 0x11);
        engine.set(Reg.R1, DATA);
        engine.set(Reg.R3, 0x33);
        engine.set(Reg.S0, 0x4444_4444);
        engine.set(Reg.S1, 0x5555_5555);
        engine.clearExclusive();
        bus.accesses().clear();
        startOfRun = engine.cycles();
    }

    private void refuseNothing() {
        noteAt(address -> {});
        refusedAt = 0;
        for (int offset = 0; offset < 64; offset++) {
            bus.allow(DATA + offset);
        }
    }

    private void refuseAccess(int number) {
        refuseNothing();
        int[] seen = {0};
        noteAt(address -> {
            if (seen[0]++ == number) {
                refusedAt = address;
                bus.refuse(address);
            }
        });
    }

    private void noteAt(ScriptedBus.Effect effect) {
        for (int offset = 0; offset < 64; offset++) {
            bus.on(DATA + offset, effect);
        }
    }

    /** What a multiple store wrote before it was refused stays written, as in hardware. */
    private static String withoutMemory(String state) {
        return state.replaceAll(" \\[[0-9a-f]+]=[0-9a-f]+", "");
    }
}
