// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/** Accesses reach the bus once, in their widths, and the engine tells the truth meanwhile. */
public abstract class BusContract extends EngineContract {
    @Test
    void accessesKeepTheirWidths() {
        code(0x7808, 0x8808, 0x6808, 0x7008, 0x8008, 0x6008); // ldrb, ldrh, ldr, strb, strh, str r0, [r1]
        engine.set(Reg.R1, IO);
        bus.holds(IO, 0x8765_4321);

        run(6);

        assertThat(bus.accesses())
                .containsExactly(
                        "R1 40000000",
                        "R2 40000000",
                        "R4 40000000",
                        "W1 40000000=21",
                        "W2 40000000=4321",
                        "W4 40000000=87654321");
    }

    @Test
    void signedLoadsExtend() {
        code(0xf991, 0x0000, 0xf9b1, 0x2000); // ldrsb.w r0, [r1]; ldrsh.w r2, [r1]
        engine.set(Reg.R1, IO);
        bus.holds(IO, 0xffff_9288);

        run(2);

        assertThat(reg(Reg.R0)).isEqualTo(0xffff_ff88);
        assertThat(reg(Reg.R2)).isEqualTo(0xffff_9288);
    }

    @Test
    void multipleTransfersAreWords() {
        code(0xc90d, 0xe9d1, 0x2300, 0xc10d, 0xe9c1, 0x2300); // ldm r1!, {r0, r2, r3}; ldrd r2, r3, [r1]; stm; strd
        engine.set(Reg.R1, IO);

        run(4);

        assertThat(bus.accesses())
                .containsExactly(
                        "R4 40000000",
                        "R4 40000004",
                        "R4 40000008",
                        "R4 4000000c",
                        "R4 40000010",
                        "W4 4000000c=40000000",
                        "W4 40000010=4000000c",
                        "W4 40000014=40000010",
                        "W4 40000018=4000000c",
                        "W4 4000001c=40000010");
    }

    @Test
    void floatingPointTransfersAreWords() {
        code(0xecb1, 0x0a04, 0xed81, 0x0b00); // vldm r1!, {s0-s3}; vstr d0, [r1]
        engine.set(Reg.R1, IO);

        run(2);

        assertThat(bus.accesses())
                .containsExactly(
                        "R4 40000000",
                        "R4 40000004",
                        "R4 40000008",
                        "R4 4000000c",
                        "W4 40000010=40000000",
                        "W4 40000014=40000004");
    }

    @Test
    void clockAndPcAreThoseOfTheAccess() {
        code(
                0xbf00, 0x42a4, 0xbf04, 0x6808, 0x6048,
                0xbf00); // nop; cmp r4, r4; itt eq; ldreq r0, [r1]; streq r0, [r1, #4]
        engine.set(Reg.R1, IO);
        long start = engine.cycles();
        StringBuilder seen = new StringBuilder();
        for (int at : new int[] {IO, IO + 4}) {
            bus.on(
                    at,
                    address -> seen.append("%x@%d%s "
                            .formatted(engine.pc() - CODE, engine.cycles() - start, engine.privileged() ? "P" : "U")));
        }

        run(6);

        assertThat(seen).hasToString("6@3P 8@4P ");
    }

    @Test
    void privilegeIsThatOfTheAccess() {
        code(0x2001, 0xf380, 0x8814, 0x6808); // movs r0, #1; msr control, r0; ldr r0, [r1]
        engine.set(Reg.R1, IO);
        StringBuilder seen = new StringBuilder();
        bus.on(IO, address -> seen.append(engine.privileged()));

        run(3);

        assertThat(seen).hasToString("false");
    }

    @Test
    void refusedLoadLeavesRegisters() {
        code(0xbf00, 0xf851, 0x0b04, 0xbf00); // nop; ldr r0, [r1], #4
        engine.set(Reg.R1, IO + 0x2000);
        engine.set(Reg.R0, 7);
        long start = engine.cycles();

        Stop stop = run(5);

        assertFault(stop, Fault.READ, CODE + 2);
        assertThat(stop.address()).isEqualTo(IO + 0x2000);
        assertThat(engine.cycles()).isEqualTo(start + 1);
        assertThat(reg(Reg.R0)).isEqualTo(7);
        assertThat(reg(Reg.R1)).isEqualTo(IO + 0x2000);
    }

    @Test
    void refusedStoreLeavesRegisters() {
        code(0xbf00, 0xf841, 0x0b04, 0xbf00); // nop; str r0, [r1], #4
        engine.set(Reg.R1, IO + 0x2000);

        Stop stop = run(5);

        assertFault(stop, Fault.WRITE, CODE + 2);
        assertThat(stop.address()).isEqualTo(IO + 0x2000);
        assertThat(reg(Reg.R1)).isEqualTo(IO + 0x2000);
    }

    @Test
    void refusedPartOfAMultipleTransferEndsIt() {
        code(0xc90d, 0xbf00); // ldm r1!, {r0, r2, r3}
        engine.set(Reg.R1, IO + 0xffc);

        Stop stop = run(5);

        assertFault(stop, Fault.READ, CODE);
        assertThat(stop.address()).isEqualTo(IO + 0x1000);
        assertThat(reg(Reg.R1)).isEqualTo(IO + 0xffc);
        assertThat(bus.accesses()).containsExactly("R4 40000ffc", "R4 40001000");
    }

    @Test
    void refusedAccessCanBeTriedAgain() {
        code(0xf841, 0x0b04, 0xbf00); // str r0, [r1], #4
        engine.set(Reg.R1, IO + 0x2000);
        run(5);
        bus.refuseFrom(IO + 0x3000);

        assertThat(run(2).reason()).isEqualTo(Reason.DEADLINE);
        assertThat(reg(Reg.R1)).isEqualTo(IO + 0x2004);
        assertThat(bus.accesses()).containsExactly("W4 40002000=0", "W4 40002000=0");
    }

    @Test
    void refusalInItBlockLeavesEverythingAsItWas() {
        // cmp r4, r4; itttt eq; moveq r2, #1; ldreq r0, [r1]; streq r5, [r4]; addeq r6, #1; nop
        code(0x42a4, 0xbf01, 0x2201, 0x6808, 0x6025, 0x3601, 0xbf00);
        engine.set(Reg.R1, IO + 0x2000);
        engine.set(Reg.R5, 5);
        run(3);
        String before = state();
        restart();
        engine.set(Reg.R1, IO + 0x2000);
        engine.set(Reg.R5, 5);

        Stop stop = run(100);

        assertFault(stop, Fault.READ, CODE + 6);
        assertThat(state()).isEqualTo(before);
        assertThat(bus.accesses()).containsExactly("R4 40002000");
        bus.refuseFrom(IO + 0x3000);
        assertStopped(run(4), Reason.DEADLINE, CODE + 14);
        assertThat(reg(Reg.R0)).isEqualTo(IO + 0x2000);
        assertThat(reg(Reg.R6)).isEqualTo(1);
        assertThat(ram.get32(DATA - RAM)).isEqualTo(5);
    }

    @Test
    void storeToFlashReachesTheBusOnce() {
        code(0xbf00, 0xf841, 0x0b04, 0xbf00); // nop; str r0, [r1], #4; nop
        flash.put32(0x10, 0x1234_5678);
        engine.set(Reg.R0, 0xaabb_ccdd);
        engine.set(Reg.R1, FLASH + 0x10);

        assertThat(run(2).reason()).isEqualTo(Reason.DEADLINE);

        assertThat(bus.accesses()).containsExactly("W4 08000010=aabbccdd");
        assertThat(reg(Reg.R1)).isEqualTo(FLASH + 0x14);
        assertThat(flash.get32(0x10)).isEqualTo(0x1234_5678);
    }

    @Test
    void refusedStoreToFlashFaults() {
        code(0xbf00, 0xf841, 0x0b04, 0xbf00); // nop; str r0, [r1], #4
        engine.map(FLASH + SIZE, flash, 0, SIZE, Mapping.READ_EXECUTE);
        engine.set(Reg.R1, FLASH + SIZE);

        assertFault(run(5), Fault.WRITE, CODE + 2);
        assertThat(reg(Reg.R1)).isEqualTo(FLASH + SIZE);
    }

    @Test
    void whatTheBusThrowsComesOutOfTheRun() {
        code(0xbf00, 0x6808, 0xbf00); // nop; ldr r0, [r1]
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> {
            throw new IllegalStateException("broken device");
        });

        assertThatThrownBy(() -> run(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken device");
        assertThat(engine.pc()).isEqualTo(CODE + 2);
        bus.on(IO, address -> {});
        assertThat(run(2).reason()).isEqualTo(Reason.DEADLINE);
    }

    @Test
    void protectionRefusesAnAccessToTheBus() {
        code(0x6808, 0xbf00); // ldr r0, [r1]
        engine.set(Reg.R1, IO);
        engine.context(new Context(
                Context.Fp.ENABLED,
                false,
                false,
                (address, access, privileged) -> address != IO || access != Access.READ));

        Stop stop = run(5);

        assertFault(stop, Fault.READ_PROTECTION, CODE);
        assertThat(stop.address()).isEqualTo(IO);
        assertThat(bus.accesses()).isEmpty();
    }

    @Test
    void memoryMappedDuringAnAccessIsThereForTheNextInstruction() {
        code(0x6008, 0x6813, 0xbf00); // str r0, [r1]; ldr r3, [r2]
        engine.set(Reg.R1, IO);
        engine.set(Reg.R2, 0x6000_0000);
        ram.put32(0x400, 0xcafe);
        bus.on(IO, address -> engine.map(0x6000_0000, ram, 0x400, 0x400, Mapping.READ_WRITE_EXECUTE));

        assertThat(run(2).reason()).isEqualTo(Reason.DEADLINE);
        assertThat(reg(Reg.R3)).isEqualTo(0xcafe);
        engine.unmap(0x6000_0000, 0x400);
        engine.set(Reg.PC, CODE + 2);
        assertFault(run(2), Fault.READ, CODE + 2);
    }
}
