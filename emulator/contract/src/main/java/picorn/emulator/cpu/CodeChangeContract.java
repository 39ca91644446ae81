// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Reason;

/** Code that was changed runs as changed, whoever changed it. */
public abstract class CodeChangeContract extends EngineContract {
    private static final int ADD_1 = 0x3601; // adds r6, #1
    private static final int ADD_16 = 0x3610; // adds r6, #16

    /** strh r0, [r1]; dsb; isb; adds r6, #1; svc #0 */
    private static final int[] PATCHING = {0x8008, 0xf3bf, 0x8f4f, 0xf3bf, 0x8f6f, ADD_1, 0xdf00};

    @Test
    void storeIntoTheSamePageIsSeen() {
        code(PATCHING);
        engine.set(Reg.PC, CODE + 10);
        run(2); // it has been executed before
        engine.set(Reg.PC, CODE);
        engine.set(Reg.R0, ADD_16);
        engine.set(Reg.R1, CODE + 10);
        engine.set(Reg.R6, 0);

        assertThat(run(100).reason()).isEqualTo(Reason.SVC);
        assertThat(reg(Reg.R6)).isEqualTo(16);
    }

    @Test
    void loopThatRewritesItselfSeesEveryVersion() {
        // strh r0, [r1]; adds r0, #1; isb; (adds r6, #n); cmp r0, r2; bne CODE; svc #0
        code(0x8008, 0x3001, 0xf3bf, 0x8f6f, ADD_1, 0x4290, 0xd1f8, 0xdf00);
        engine.set(Reg.R0, 0x3600);
        engine.set(Reg.R1, CODE + 8);
        engine.set(Reg.R2, 0x3600 + 100);

        assertThat(run(10_000).reason()).isEqualTo(Reason.SVC);
        assertThat(reg(Reg.R6)).isEqualTo(99 * 100 / 2);
    }

    @Test
    void copiedFunctionRunsFromWhereItWasCopied() {
        code(0x4798, 0xdf00); // blx r3; svc #0
        for (int round = 1; round < 5; round++) {
            byte[] octets = {(byte) round, 0x36, 0x70, 0x47}; // adds r6, #round; bx lr
            ram.write(0x2000, octets, 0, octets.length);
            engine.changed(ram, 0x2000, octets.length);
            restart();
            engine.set(Reg.R3, RAM + 0x2001);
            run(100);
            assertThat(reg(Reg.R6)).isEqualTo(round);
        }
    }

    @Test
    void hostWriteIsSeenOnceTold() {
        code(ADD_1, 0xdf00);
        run(2);
        for (int offset = -1; offset <= 1; offset++) {
            engine.changed(ram, 0, 4); // something else
            ram.put16(CODE - RAM, ADD_16 + offset);
            engine.changed(ram, CODE - RAM + Math.max(offset, 0), 1);
            restart();
            run(2);
            assertThat(reg(Reg.R6)).isEqualTo(16 + offset);
        }
    }

    @Test
    void hostWriteDuringAnAccessIsSeenByTheNextInstructions() {
        code(0x6008, 0xf3bf, 0x8f6f, ADD_1, 0xdf00); // str r0, [r1]; isb; adds r6, #1; svc #0
        engine.set(Reg.PC, CODE + 6);
        run(2);
        restart();
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> {
            ram.put16(CODE - RAM + 6, ADD_16);
            engine.changed(ram, CODE - RAM + 6, 2);
        });

        run(100);

        assertThat(reg(Reg.R6)).isEqualTo(16);
    }

    @Test
    void changeIsSeenThroughEveryMapping() {
        int alias = 0x6000_0000;
        engine.map(alias, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        code(ADD_1, 0xdf00);
        for (int base : new int[] {RAM, alias}) {
            engine.set(Reg.PC, base + CODE - RAM);
            run(2);
        }

        ram.put16(CODE - RAM, ADD_16);
        engine.changed(ram, CODE - RAM, 2);

        for (int base : new int[] {RAM, alias}) {
            engine.set(Reg.R6, 0);
            engine.set(Reg.PC, base + CODE - RAM);
            run(2);
            assertThat(reg(Reg.R6)).isEqualTo(16);
        }
    }

    @Test
    void storeThroughAnAliasIsSeenOnceTold() {
        int alias = 0x6000_0000;
        engine.map(alias, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        code(ADD_1, 0xdf00);
        run(2);
        codeAt(CODE + 0x100, PATCHING);
        engine.set(Reg.PC, CODE + 0x100);
        engine.set(Reg.R0, ADD_16);
        engine.set(Reg.R1, alias + CODE - RAM);
        run(100);
        if (engine.limits().contains(Limit.ALIASED_CODE_WRITES_UNSEEN)) {
            engine.changed(ram, CODE - RAM, 2);
        }

        restart();
        run(2);
        assertThat(reg(Reg.R6)).isEqualTo(16);
    }

    @Test
    void otherMemoryMappedAtTheSameAddressIsWhatRuns() {
        Ram other = engine.allocate(SIZE);
        code(ADD_1, 0xdf00);
        other.put16(CODE - RAM, ADD_16);
        other.put16(CODE - RAM + 2, 0xdf00);
        engine.changed(other, CODE - RAM, 4);
        for (int round = 0; round < 3; round++) {
            engine.map(RAM, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
            restart();
            run(2);
            assertThat(reg(Reg.R6)).isEqualTo(1);
            engine.map(RAM, other, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
            restart();
            run(2);
            assertThat(reg(Reg.R6)).isEqualTo(16);
        }
    }

    @Test
    void mappingAPartLeavesTheRest() {
        Ram other = engine.allocate(1024);
        other.put32(0, 0x1111);
        ram.put32(0x7c00, 0x2222);
        ram.put32(0x8400, 0x3333);
        engine.map(RAM + 0x8000, other, 0, 1024, Mapping.READ_WRITE_EXECUTE);
        code(0x6808, 0x6813, 0x6825, 0xdf00); // ldr r0, [r1]; ldr r3, [r2]; ldr r5, [r4]; svc #0
        engine.set(Reg.R1, RAM + 0x7c00);
        engine.set(Reg.R2, RAM + 0x8000);
        engine.set(Reg.R4, RAM + 0x8400);

        assertThat(run(10).reason()).isEqualTo(Reason.SVC);
        assertThat(new int[] {reg(Reg.R0), reg(Reg.R3), reg(Reg.R5)}).containsExactly(0x2222, 0x1111, 0x3333);
    }
}
