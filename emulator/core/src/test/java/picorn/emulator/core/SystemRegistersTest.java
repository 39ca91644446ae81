// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.strb;
import static picorn.emulator.core.Instructions.svc;
import static picorn.emulator.core.Instructions.udf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;
import picorn.emulator.report.Finding;

/** The registers of SCB and NVIC as software sees them (ARMv7-M ARM, B3.2 and B3.4). */
class SystemRegistersTest {
    private static final int ICSR = SCS + 0xD04;
    private static final int AIRCR = SCS + 0xD0C;
    private static final int SHPR1 = SCS + 0xD18;
    private static final int SHPR2 = SCS + 0xD1C;
    private static final int SHPR3 = SCS + 0xD20;
    private static final int SHCSR = SCS + 0xD24;
    private static final int CFSR = SCS + 0xD28;
    private static final int ISER = SCS + 0x100;
    private static final int ICER = SCS + 0x180;
    private static final int ISPR = SCS + 0x200;
    private static final int ICPR = SCS + 0x280;
    private static final int IABR = SCS + 0x300;
    private static final int IPR = SCS + 0x400;
    private static final int STIR = SCS + 0xF00;

    private final CoreRig rig = new CoreRig();

    @ParameterizedTest
    @CsvSource({
        "0xD00, 0x410FC241", // CPUID: Cortex-M4 r0p1
        "0x004, 0x00000002", // ICTR: 65 to 96 interrupts
        "0xD0C, 0xFA050000", // AIRCR
        "0xD14, 0x00000200", // CCR: STKALIGN
        "0xD88, 0x00000000", // CPACR
        "0xF34, 0xC0000000", // FPCCR
        "0xD94, 0x00000000", // MPU_CTRL
        "0xD24, 0x00000000" // SHCSR
    })
    void resetValuesAreThoseOfTheManual(String offset, String value) {
        assertThat(rig.word(SCS + Integer.decode(offset)))
                .isEqualTo(Long.decode(value).intValue());
    }

    @Test
    void enablesAreSetAndClearedByTheirOnes() {
        rig.write(ISER, 0b1011).write(ICER, 0b0010);
        assertThat(rig.word(ISER)).isEqualTo(0b1001);
        assertThat(rig.word(ICER)).isEqualTo(0b1001);
    }

    @Test
    void enablingAPendingInterruptLetsItInAtOnce() {
        rig.write(ISPR, 1).thread(str(ISER, 1), nop(), nop());
        rig.core.run(1000);
        assertThat(rig.engine.cycles()).isOne();
        assertThat(rig.take().ipsr()).isEqualTo(irq(0));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "32, 0", "33, 1", "64, 1", "240, 7"})
    void ictrTellsHowManyWordsOfInterruptsThereAre(int interrupts, int words) {
        assertThat(new Nvic(new Exceptions(interrupts, 4)).read(4, 4)).isEqualTo(words);
    }

    @Test
    void aNarrowWriteToSetEnableDoesNotRepeatAnEarlierOne() {
        rig.write(ISER, 0xFF).write(ICER, 0xFF).write(ISER + 1, 1, 0x80);
        assertThat(rig.word(ISER)).isEqualTo(0x8000);
    }

    @Test
    void interruptsThatTheChipLacksCannotBeEnabled() {
        rig.write(ISER + 8, -1);
        assertThat(rig.word(ISER + 8)).as("91 interrupts: 64 to 90").isEqualTo(0x07FF_FFFF);
    }

    @Test
    void pendingAndActiveStateShowInTheirRegisters() {
        rig.interrupt(33, 0x10).write(ISPR + 4, 0b10);
        assertThat(rig.word(ISPR + 4)).isEqualTo(0b10);
        assertThat(rig.word(ICPR + 4)).isEqualTo(0b10);
        assertThat(rig.word(IABR + 4)).isZero();
        rig.take();
        assertThat(rig.word(ISPR + 4)).isZero();
        assertThat(rig.word(IABR + 4)).isEqualTo(0b10);
    }

    @Test
    void clearPendingTakesAnInterruptBack() {
        rig.write(ISPR, 0b110).write(ICPR, 0b010);
        assertThat(rig.word(ISPR)).isEqualTo(0b100);
    }

    @Test
    void prioritiesAreOctets() {
        rig.write(IPR + 4, 0x40_30_20_10).write(IPR + 6, 1, 0xF0).write(IPR + 4, 2, 0xA0_B0);
        assertThat(rig.word(IPR + 4)).isEqualTo(0x40_F0_A0_B0);
        assertThat(rig.exceptions.priority(irq(6))).isEqualTo(0xF0);
    }

    @Test
    void systemHandlerPrioritiesAreOctetsAndReservedOnesReadAsZero() {
        rig.write(SHPR1, -1).write(SHPR2, -1).write(SHPR3, -1).write(SHPR3 + 2, 1, 0x50);
        assertThat(rig.word(SHPR1)).isEqualTo(0x00F0_F0F0);
        assertThat(rig.word(SHPR2)).isEqualTo(0xF000_0000);
        assertThat(rig.word(SHPR3)).isEqualTo(0xF050_00F0);
    }

    @Test
    void softwareTriggerPendsAnInterrupt() {
        rig.write(STIR, 90).write(STIR, 91).write(STIR, 0x1FF);
        assertThat(rig.word(ISPR + 8)).isEqualTo(1 << 26);
    }

    @Test
    void unprivilegedCodeMayTriggerOnlyWithUserSetMPend() {
        rig.enableFaults().onProcessStack(1).thread(str(STIR, 5)).step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        CoreRig allowed = new CoreRig().enableFaults().onProcessStack(1).write(SCS + 0xD14, 0x202);
        allowed.thread(str(STIR, 5), ldr(STIR)).step();
        assertThat(allowed.exceptions.isPending(irq(5))).isTrue();
        assertThat(allowed.step().ipsr()).as("it is for writing only").isEqualTo(BUS_FAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {SCS + 0xD04, SCS + 0x100, 0xE000_1004, 0xE000_0080, 0xE000_0E00, 0xE004_0010})
    void unprivilegedAccessToThePrivatePeripheralBusIsAPreciseBusFault(int address) {
        rig.enableFaults().onProcessStack(1).thread(ldr(address), nop()).step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
        assertThat(rig.word(SCS + 0xD38)).isEqualTo(address);
        rig.write(CFSR, -1).thread(str(address, 0)).steps(2);
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
    }

    @Test
    void anUnprivilegedAccessThatIsIgnoredHasNoEffect() {
        rig.write(SCS + 0xD14, 0x300)
                .onProcessStack(1)
                .set(Reg.FAULTMASK, 1)
                .thread(str(ISPR, 1))
                .step();
        assertThat(rig.core.lockedUp()).isFalse();
        assertThat(rig.exceptions.isPending(irq(0))).isFalse();
    }

    @Test
    void icsrPendsAndTakesBack() {
        rig.set(Reg.PRIMASK, 1).write(ICSR, 1 << 28 | 1 << 26);
        assertThat(rig.word(ICSR)).isEqualTo(1 << 28 | 1 << 26 | PENDSV << 12 | 1 << 11);
        rig.write(ICSR, 1 << 27);
        assertThat(rig.word(ICSR)).isEqualTo(1 << 26 | SYSTICK << 12 | 1 << 11);
        rig.write(ICSR, 1 << 25);
        assertThat(rig.word(ICSR)).isEqualTo(1 << 11);
        rig.write(ICSR + 3, 1, 0x10);
        assertThat(rig.exceptions.isPending(PENDSV)).isTrue();
        rig.write(ICSR, 1 << 31).take();
        assertThat(rig.ipsr()).isEqualTo(NMI);
        assertThat(rig.word(ICSR) & 0x1FF).isEqualTo(NMI);
    }

    @Test
    void retToBaseSaysWhetherAnotherExceptionIsActive() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10).pend(irq(0));
        assertThat(rig.word(ICSR) & 0xFFF).isEqualTo(1 << 11 | irq(0));
        rig.pend(irq(1));
        assertThat(rig.word(ICSR) & 0xFFF).isEqualTo(irq(1));
    }

    @Test
    void isrPendingCountsDisabledInterruptsVectPendingDoesNot() {
        rig.write(ISPR, 1);
        assertThat(rig.word(ICSR)).isEqualTo(1 << 22 | 1 << 11);
        rig.set(Reg.PRIMASK, 1).write(ISER, 1);
        assertThat(rig.word(ICSR)).isEqualTo(1 << 22 | irq(0) << 12 | 1 << 11);
    }

    @Test
    void vectPendingHonoursBasepriAndFaultmaskNotPrimask() {
        rig.interrupt(0, 0x40).set(Reg.BASEPRI, 0x40).pend(irq(0));
        assertThat(rig.word(ICSR) >>> 12 & 0x1FF).isZero();
        rig.set(Reg.BASEPRI, 0x50).set(Reg.PRIMASK, 1);
        assertThat(rig.word(ICSR) >>> 12 & 0x1FF).isEqualTo(irq(0));
        rig.set(Reg.FAULTMASK, 1);
        assertThat(rig.word(ICSR) >>> 12 & 0x1FF).isZero();
    }

    @Test
    void aircrWantsItsKey() {
        rig.write(AIRCR, 0x0000_0500);
        assertThat(rig.word(AIRCR)).isEqualTo(0xFA05_0000);
        rig.write(AIRCR, 0x05FA_0500);
        assertThat(rig.word(AIRCR)).isEqualTo(0xFA05_0500);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 5", "3, 6", "7, 11", "8, 12", "10, 14", "11, 15"})
    void eachActiveBitIsItsException(int bit, int exception) {
        rig.write(SHCSR, 1 << bit);
        assertThat(rig.exceptions.isActive(exception)).isTrue();
        assertThat(rig.word(SHCSR)).isEqualTo(1 << bit);
        rig.write(SHCSR, 0);
        assertThat(rig.exceptions.isActive(exception)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"12, 6", "13, 4", "14, 5", "15, 11"})
    void eachPendedBitIsItsException(int bit, int exception) {
        rig.write(SHCSR, 1 << bit);
        assertThat(rig.exceptions.isPending(exception)).isTrue();
        assertThat(rig.word(SHCSR)).isEqualTo(1 << bit);
        rig.write(SHCSR, 0);
        assertThat(rig.exceptions.isPending(exception)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"16, 4", "17, 5", "18, 6"})
    void eachEnableBitIsItsFault(int bit, int exception) {
        rig.write(SHCSR, 1 << bit);
        for (int fault : List.of(MEM_MANAGE, BUS_FAULT, USAGE_FAULT)) {
            assertThat(rig.exceptions.isEnabled(fault)).isEqualTo(fault == exception);
        }
    }

    @Test
    void takingAnActiveBitAwayLetsWaitingExceptionsIn() {
        rig.interrupt(0, 0xF0)
                .thread(svc(0))
                .handler(SVCALL, str(SHCSR, 0), nop(), bxLr())
                .step();
        rig.exceptions.pend(irq(0));
        rig.core.run(1000);
        assertThat(rig.engine.cycles()).isEqualTo(2);
        assertThat(rig.take().ipsr()).isEqualTo(irq(0));
    }

    @Test
    void faultStatusIsClearedByOnesInOctetsToo() {
        rig.thread(udf()).step();
        rig.write(CFSR, 1, 0xFF);
        assertThat(rig.cfsr()).isEqualTo(1 << 16);
        rig.write(CFSR + 2, 2, 2);
        assertThat(rig.cfsr()).isEqualTo(1 << 16);
        rig.write(CFSR + 2, 2, 1);
        assertThat(rig.cfsr()).isZero();
        rig.write(SCS + 0xD2C, 1 << 30);
        assertThat(rig.hfsr()).isZero();
    }

    @Test
    void faultStatusCanBeReadInOctets() {
        rig.enableFaults().thread(ldr(CoreRig.NOTHING)).step();
        assertThat(rig.machine.bus().read(CFSR + 1, 1)).isEqualTo(0x82);
        assertThat(rig.machine.bus().read(CFSR + 2, 2)).isZero();
    }

    @Test
    void vtorHoldsMultiplesOf128() {
        rig.write(SCS + 0xD08, -1);
        assertThat(rig.word(SCS + 0xD08)).isEqualTo(0xFFFF_FF80);
    }

    @Test
    void setUpOfTheTracePortIsAcceptedAndAFlashPatchReported() {
        rig.thread(str(0xE004_00F0, 2), str(0xE004_0010, 9), str(0xE004_0304, 0x100), str(0xE000_2000, 3))
                .steps(4);
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.word(0xE004_00F0)).isEqualTo(2);
        assertThat(rig.machine.findings().all()).extracting(Finding::subject).containsExactly("FPB.FP_CTRL.ENABLE");
    }

    @Test
    void trapsOfCcrReachTheEngine() {
        rig.thread(strb(SCS + 0xD14, 0x18), nop(), nop());
        rig.core.run(1000);
        assertThat(rig.engine.cycles()).as("at the next instruction").isOne();
        rig.take();
        assertThat(rig.engine.context().divideByZeroTraps()).isTrue();
        assertThat(rig.engine.context().unalignedTraps()).isTrue();
        assertThat(rig.word(SCS + 0xD14)).isEqualTo(0x218);
    }
}
