// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.RAM;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.SDRAM;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.msr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Reg;

/** The MPU of PMSAv7 (ARMv7-M ARM, B3.5). */
class MpuTest {
    private static final int MPU_CTRL = SCS + 0xD94;
    private static final int MPU_RNR = SCS + 0xD98;
    private static final int MPU_RBAR = SCS + 0xD9C;
    private static final int MPU_RASR = SCS + 0xDA0;
    private static final int SHCSR = SCS + 0xD24;
    private static final int ENABLE = 1;
    private static final int HFNMIENA = 2;
    private static final int PRIVDEFENA = 4;
    private static final int XN = 1 << 28;
    private static final int FULL_ACCESS = 3 << 24;
    private static final int NO_ACCESS = 0;
    private static final int READ_ONLY = 6 << 24;

    private final CoreRig rig = new CoreRig().enableFaults();

    /** Region {@code number} of 2^{@code sizeBits} octets. */
    private void region(int number, int base, int sizeBits, int attributes) {
        region(number, base, sizeBits, attributes, 0);
    }

    private void region(int number, int base, int sizeBits, int attributes, int disabledSubregions) {
        rig.write(MPU_RBAR, base | 1 << 4 | number);
        rig.write(MPU_RASR, attributes | disabledSubregions << 8 | sizeBits - 1 << 1 | 1);
    }

    private Protection enable(int ctrl) {
        rig.write(MPU_CTRL, ctrl).take();
        return rig.engine.context().protection();
    }

    @ParameterizedTest
    @CsvSource({
        // AP, privileged: read, write; unprivileged: read, write (table B3-15)
        "0, false, false, false, false",
        "1, true, true, false, false",
        "2, true, true, true, false",
        "3, true, true, true, true",
        "5, true, false, false, false",
        "6, true, false, true, false",
        "7, true, false, true, false"
    })
    void accessPermissionsAreThoseOfTheTable(
            int ap, boolean privilegedRead, boolean privilegedWrite, boolean read, boolean write) {
        region(0, RAM, 10, ap << 24);
        region(1, RAM + 0x400, 10, ap << 24 | XN);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(RAM, Access.READ, true)).isEqualTo(privilegedRead);
        assertThat(protection.allows(RAM, Access.WRITE, true)).isEqualTo(privilegedWrite);
        assertThat(protection.allows(RAM, Access.FETCH, true)).isEqualTo(privilegedRead);
        assertThat(protection.allows(RAM, Access.READ, false)).isEqualTo(read);
        assertThat(protection.allows(RAM, Access.WRITE, false)).isEqualTo(write);
        assertThat(protection.allows(RAM, Access.FETCH, false)).isEqualTo(read);
        assertThat(protection.allows(RAM + 0x400, Access.READ, false)).isEqualTo(read);
        assertThat(protection.allows(RAM + 0x400, Access.FETCH, true)).isFalse();
        assertThat(protection.allows(RAM + 0x400, Access.FETCH, false)).isFalse();
    }

    @Test
    void theHighestOfOverlappingRegionsDecides() {
        region(2, RAM, 12, FULL_ACCESS);
        region(5, RAM + 0x400, 10, READ_ONLY);
        region(3, RAM + 0x600, 9, NO_ACCESS);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(RAM + 0x3FF, Access.WRITE, false)).isTrue();
        assertThat(protection.allows(RAM + 0x400, Access.WRITE, false)).isFalse();
        assertThat(protection.allows(RAM + 0x600, Access.READ, false)).isTrue();
        assertThat(protection.allows(RAM + 0x800, Access.WRITE, false)).isTrue();
        assertThat(protection.allows(RAM + 0x1000, Access.READ, true))
                .as("no region, no default map")
                .isFalse();
    }

    @Test
    void aDisabledSubregionFallsThroughToTheNextRegion() {
        region(0, RAM, 12, READ_ONLY);
        region(7, RAM, 11, FULL_ACCESS, 0b0000_0010);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(RAM + 0xFF, Access.WRITE, false)).isTrue();
        assertThat(protection.allows(RAM + 0x100, Access.WRITE, false)).isFalse();
        assertThat(protection.allows(RAM + 0x100, Access.READ, false)).isTrue();
        assertThat(protection.allows(RAM + 0x200, Access.WRITE, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void regionsBelow256OctetsHaveNoSubregions(int sizeBits) {
        region(0, RAM, sizeBits, FULL_ACCESS, 0xFF);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(RAM, Access.READ, false)).isTrue();
        assertThat(protection.allows(RAM + (1 << sizeBits) - 1, Access.READ, false))
                .isTrue();
        assertThat(protection.allows(RAM + (1 << sizeBits), Access.READ, false)).isFalse();
    }

    @Test
    void aRegionOf256OctetsHasSubregionsOf32() {
        region(0, RAM, 8, FULL_ACCESS, 0x80);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(RAM + 0xDF, Access.READ, false)).isTrue();
        assertThat(protection.allows(RAM + 0xE0, Access.READ, false)).isFalse();
    }

    @Test
    void aRegionThatIsNotEnabledDoesNotCount() {
        region(1, RAM, 10, READ_ONLY);
        region(2, RAM, 10, FULL_ACCESS);
        rig.write(MPU_RASR, FULL_ACCESS | 9 << 1);
        assertThat(enable(ENABLE).allows(RAM, Access.WRITE, true)).isFalse();
    }

    @Test
    void aRegionThatChangesIsJudgedAnew() {
        region(0, RAM, 10, FULL_ACCESS);
        enable(ENABLE);
        rig.write(MPU_RASR, READ_ONLY | 9 << 1 | 1).take();
        assertThat(rig.engine.context().protection().allows(RAM, Access.WRITE, true))
                .isFalse();
    }

    @Test
    void aRegionThatMovesIsJudgedAtItsNewPlace() {
        region(0, RAM, 10, FULL_ACCESS);
        enable(ENABLE);
        rig.write(MPU_RBAR, RAM + 0x400).take();
        assertThat(rig.engine.context().protection().allows(RAM, Access.READ, true))
                .isFalse();
        assertThat(rig.engine.context().protection().allows(RAM + 0x400, Access.READ, true))
                .isTrue();
    }

    @Test
    void framesOfHandlersArePrivilegedWhateverThreadModeIs() {
        region(0, CoreRig.PROCESS_STACK - 0x400, 10, FULL_ACCESS);
        rig.interrupt(0, 0x20).interrupt(1, 0x10).onProcessStack(1).write(MPU_CTRL, ENABLE | PRIVDEFENA);
        rig.pend(CoreRig.irq(0)).pend(CoreRig.irq(1)).step();
        assertThat(rig.ipsr()).isEqualTo(CoreRig.irq(0));
        rig.step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.cfsr()).isZero();
    }

    @Test
    void resetForgetsAllRegions() {
        region(0, 0, 10, FULL_ACCESS);
        rig.machine.reset();
        assertThat(rig.word(MPU_RASR)).isZero();
        assertThat(enable(ENABLE | PRIVDEFENA).allows(0, Access.READ, false)).isFalse();
    }

    @Test
    void aRegionMayBeAllOfTheAddressSpace() {
        region(0, 0, 32, FULL_ACCESS, 0x80);
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(0, Access.READ, false)).isTrue();
        assertThat(protection.allows(0xDFFF_FFFF, Access.READ, false)).isTrue();
        assertThat(protection.allows(0xE010_0000, Access.READ, false)).isFalse();
    }

    @Test
    void theDefaultMapIsForPrivilegedCodeOnly() {
        Protection protection = enable(ENABLE | PRIVDEFENA);
        assertThat(protection.allows(RAM, Access.WRITE, true)).isTrue();
        assertThat(protection.allows(RAM, Access.READ, false)).isFalse();
        assertThat(protection.allows(RAM, Access.FETCH, true)).isTrue();
        for (int never : new int[] {0x4000_0000, 0xA000_0000, SDRAM, 0xF000_0000}) {
            assertThat(protection.allows(never, Access.READ, true)).isTrue();
            assertThat(protection.allows(never, Access.FETCH, true)).isFalse();
        }
    }

    @Test
    void thePrivatePeripheralBusIsNotTheMpus() {
        Protection protection = enable(ENABLE);
        assertThat(protection.allows(SCS, Access.WRITE, true)).isTrue();
        assertThat(protection.allows(SCS, Access.FETCH, true)).isFalse();
    }

    @Test
    void aRegionLetsCodeRunWhereTheDefaultMapDoesNot() {
        rig.engine.code(SDRAM, nop());
        region(0, SDRAM, 10, FULL_ACCESS);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA).thread(bx(SDRAM | 1)).steps(2);
        assertThat(rig.engine.pc()).isEqualTo(SDRAM + 2);
        rig.write(MPU_CTRL, 0).step();
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1);
    }

    @Test
    void codeMayBeAllowedInAPartOfAMemory() {
        rig.engine.code(RAM + 0x400, nop());
        region(0, RAM + 0x400, 10, FULL_ACCESS);
        region(1, 0, 16, FULL_ACCESS);
        rig.write(MPU_CTRL, ENABLE).thread(bx(RAM + 0x401)).steps(2);
        assertThat(rig.engine.pc()).isEqualTo(RAM + 0x402);
    }

    @Test
    void aFetchThatARegionForbidsIsAMemManageWithoutAddress() {
        region(0, THREAD, 5, FULL_ACCESS | XN);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA).step();
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1);
    }

    @Test
    void aFetchFromNothingThatARegionAllowsIsABusFault() {
        region(0, 0xA000_0000, 10, FULL_ACCESS);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA).thread(bx(0xA000_0001)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {RAM, 0x4000_0000})
    void aStoreThatARegionForbidsIsAPreciseMemManage(int address) {
        rig.device(0x4000_0000, () -> {});
        region(0, address, 5, READ_ONLY);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA).thread(str(address + 4, 9)).step();
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1 << 1 | 1 << 7);
        assertThat(rig.word(SCS + 0xD34)).isEqualTo(address + 4);
        assertThat(rig.word(address + 4)).isZero();
    }

    @Test
    void peripheralsAreGuardedEvenIfTheEngineDoesNotSeeTheMpu() {
        CoreRig blind =
                new CoreRig(Limit.PROTECTION_OF_MEMORY_UNSEEN).enableFaults().device(0x4000_0000, () -> {});
        blind.onProcessStack(1)
                .write(MPU_CTRL, ENABLE | PRIVDEFENA)
                .thread(ldr(0x4000_0000))
                .step();
        assertThat(blind.cfsr() & 0xFF).isEqualTo(1 << 1 | 1 << 7 | 1 << 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {ExceptionNumber.NMI, HARD_FAULT})
    void itIsOffInHardFaultAndNmi(int exception) {
        region(0, RAM, 5, NO_ACCESS);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA)
                .handler(exception, str(RAM, 1), bxLr())
                .thread(nop(), str(RAM, 2));
        rig.pend(exception).step();
        assertThat(rig.core.lockedUp()).isFalse();
        assertThat(rig.word(RAM)).isEqualTo(1);
        rig.steps(3);
        assertThat(rig.ipsr()).as("on again after it").isEqualTo(MEM_MANAGE);
    }

    @Test
    void hfnmienaKeepsItOn() {
        region(0, RAM, 5, NO_ACCESS);
        rig.write(MPU_CTRL, ENABLE | HFNMIENA | PRIVDEFENA).handler(HARD_FAULT, str(RAM, 1));
        rig.pend(HARD_FAULT).step();
        assertThat(rig.core.lockedUp()).isTrue();
        assertThat(rig.word(RAM)).isZero();
    }

    @Test
    void itIsOffUnderFaultmask() {
        region(0, RAM, 5, NO_ACCESS);
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA);
        rig.thread(msr(Reg.FAULTMASK, 1), str(RAM, 1), msr(Reg.FAULTMASK, 0), str(RAM, 2));
        rig.steps(3);
        assertThat(rig.word(RAM)).isEqualTo(1);
        assertThat(rig.ipsr()).isZero();
        rig.steps(2);
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.word(RAM)).isEqualTo(1);
    }

    @Test
    void exceptionsTellTheEngineNothingThatHasNotChanged() {
        region(0, RAM, 16, FULL_ACCESS);
        enable(ENABLE | PRIVDEFENA);
        int before = rig.engine.contexts();
        for (int i = 0; i < 10; i++) {
            rig.pend(PENDSV).steps(2);
        }
        assertThat(rig.engine.contexts()).isEqualTo(before);
    }

    @Test
    void everyWordOfAFrameIsJudged() {
        rig.enableFpu().thread(Instructions.vmov(Reg.S0, 0)).step();
        rig.write(SCS + 0xF34, 0x8000_0000); // eager
        region(0, CoreRig.MAIN_STACK - 0x60, 5, NO_ACCESS); // in the middle of the extended frame
        rig.write(MPU_CTRL, ENABLE | PRIVDEFENA).pend(PENDSV);
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1 << 4);
    }

    @Test
    void registersShowTheRegionOfRnr() {
        region(3, RAM, 10, FULL_ACCESS);
        rig.write(MPU_RNR, 4).write(MPU_RBAR, 0x6000_0000).write(MPU_RASR, XN).write(SCS + 0xD90, 0);
        assertThat(rig.word(SCS + 0xD90)).as("MPU_TYPE").isEqualTo(0x800);
        assertThat(rig.word(MPU_RBAR)).isEqualTo(0x6000_0004);
        assertThat(rig.word(MPU_RASR)).isEqualTo(XN);
        rig.write(MPU_RNR, 3);
        assertThat(rig.word(MPU_RBAR)).isEqualTo(RAM | 3);
        assertThat(rig.word(MPU_RASR)).isEqualTo(FULL_ACCESS | 9 << 1 | 1);
    }

    @Test
    void aliasesWriteFourRegionsInARow() {
        for (int i = 0; i < 4; i++) {
            rig.write(MPU_RBAR + 8 * i, RAM + 0x400 * i | 1 << 4 | i + 2);
            rig.write(MPU_RASR + 8 * i, FULL_ACCESS | i + 9 << 1);
        }
        for (int i = 0; i < 4; i++) {
            rig.write(MPU_RNR, i + 2);
            assertThat(rig.word(MPU_RBAR)).isEqualTo(RAM + 0x400 * i | i + 2);
            assertThat(rig.word(MPU_RASR)).isEqualTo(FULL_ACCESS | i + 9 << 1);
        }
    }

    @Test
    void halvesOfRasrCanBeWrittenApart() {
        region(1, RAM, 10, FULL_ACCESS);
        region(2, RAM, 12, READ_ONLY);
        rig.write(MPU_RNR, 1).write(MPU_RASR, 2, 0);
        assertThat(rig.word(MPU_RASR)).isEqualTo(FULL_ACCESS);
    }

    @Test
    void memManageWhileItIsDisabledIsForced() {
        region(0, RAM, 5, NO_ACCESS);
        rig.write(SHCSR, 0)
                .write(MPU_CTRL, ENABLE | PRIVDEFENA)
                .thread(ldr(RAM))
                .step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(1 << 30);
    }
}
