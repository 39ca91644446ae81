// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.engine.EngineRig.CODE;
import static picorn.emulator.engine.EngineRig.DATA;
import static picorn.emulator.engine.EngineRig.NOWHERE;
import static picorn.emulator.engine.EngineRig.STACK;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop.Fault;

/** Faults are at their instruction, and leave what the manual says they leave (ARMv7-M ARM, B1.5.8 to B1.5.14, A3.2, B3.5). */
class FaultExactnessTest {
    private static final int LAST = STACK - 4;

    private final EngineRig rig = new EngineRig();

    // Transfers of several words that leave memory after the first: abandoned, the base as before, to be begun anew.

    @Test
    void abandonedLdmKeepsItsBaseEvenWhereItIsInTheList() {
        rig.word(LAST, 0x11).code(0xc907).set(Reg.R1, LAST); // ldmia r1, {r0, r1, r2}
        rig.faults(Fault.READ, STACK);
        assertThat(rig.get(Reg.R1)).isEqualTo(LAST);
    }

    @Test
    void abandonedLdmWithWriteBackKeepsItsBase() {
        rig.code(0xe8b1, 0x000c).set(Reg.R1, LAST).faults(Fault.READ, STACK); // ldmia.w r1!, {r2, r3}
        assertThat(rig.get(Reg.R1)).isEqualTo(LAST);
        assertThat(rig.get(Reg.R3)).isZero();
    }

    @Test
    void abandonedLdmdbKeepsItsBase() {
        rig.code(0xe931, 0x000c).set(Reg.R1, CODE + 4).faults(Fault.READ, CODE - 4); // ldmdb r1!, {r2, r3}
        assertThat(rig.get(Reg.R1)).isEqualTo(CODE + 4);
    }

    @Test
    void abandonedPopNeitherBranchesNorMovesTheStack() {
        rig.code(0xbd01).set(Reg.SP, LAST).faults(Fault.READ, STACK); // pop {r0, pc}
        assertThat(rig.get(Reg.SP)).isEqualTo(LAST);
    }

    @Test
    void abandonedPushKeepsTheStack() {
        rig.code(0xb407).set(Reg.R0, 7).set(Reg.SP, NOWHERE + 12).faults(Fault.WRITE, NOWHERE); // push {r0, r1, r2}
        assertThat(rig.get(Reg.SP)).isEqualTo(NOWHERE + 12);
    }

    @Test
    void abandonedStmHasStoredWhatCameBeforeTheFault() {
        rig.code(0xc30d).set(Reg.R0, 7).set(Reg.R3, LAST).faults(Fault.WRITE, STACK); // stmia r3!, {r0, r2, r3}
        assertThat(rig.word(LAST)).isEqualTo(7);
        assertThat(rig.get(Reg.R3)).isEqualTo(LAST);
    }

    @Test
    void abandonedLdrdChangesNothing() {
        rig.word(LAST, 5).code(0xe9f1, 0x2301).set(Reg.R1, LAST - 4); // ldrd r2, r3, [r1, #4]!
        rig.faults(Fault.READ, STACK);
        assertThat(rig.get(Reg.R1)).isEqualTo(LAST - 4);
        assertThat(rig.get(Reg.R2)).isZero();
    }

    @Test
    void abandonedStrdKeepsItsBase() {
        rig.code(0xe8e1, 0x2302).set(Reg.R1, LAST).set(Reg.R2, 9).faults(Fault.WRITE, STACK); // strd r2, r3, [r1], #8
        assertThat(rig.get(Reg.R1)).isEqualTo(LAST);
        assertThat(rig.word(LAST)).isEqualTo(9);
    }

    @Test
    void abandonedVldmKeepsItsBase() {
        rig.word(LAST, 5).code(0xecb1, 0x0a02).set(Reg.R1, LAST).faults(Fault.READ, STACK); // vldmia r1!, {s0-s1}
        assertThat(rig.get(Reg.R1)).isEqualTo(LAST);
        assertThat(rig.get(Reg.S1)).isZero();
    }

    @Test
    void abandonedVpushKeepsTheStack() {
        rig.code(0xed2d, 0x0a02).set(Reg.SP, NOWHERE + 8).faults(Fault.WRITE, NOWHERE); // vpush {s0-s1}
        assertThat(rig.get(Reg.SP)).isEqualTo(NOWHERE + 8);
    }

    @Test
    void abandonedVldrOfADoubleChangesNeitherHalf() {
        rig.word(LAST, 5).code(0xed91, 0x0b00).set(Reg.R1, LAST).faults(Fault.READ, STACK); // vldr d0, [r1]
        assertThat(rig.get(Reg.S0)).isZero();
    }

    @Test
    void abandonedTransferCanBeBegunAnew() {
        rig.code(0xe8b1, 0x000c).set(Reg.R1, LAST).faults(Fault.READ, STACK); // ldmia.w r1!, {r2, r3}
        rig.word(DATA, 1).word(DATA + 4, 2).set(Reg.R1, DATA).run(1);
        assertThat(rig.get(Reg.R1)).isEqualTo(DATA + 8);
        assertThat(rig.get(Reg.R3)).isEqualTo(2);
    }

    // Alignment.

    @ParameterizedTest
    @CsvSource({
        "e8b1, 000c, ldmia.w", "e8a1, 000c, stmia.w", "e9d1, 2300, ldrd", "e9c1, 2300, strd", "e851, 2f00, ldrex",
        "e841, 2300, strex", "e8d1, 2f5f, ldrexh", "ed91, 0a00, vldr", "ed81, 0a00, vstr", "ecb1, 0a02, vldmia",
        "eca1, 0a02, vstmia"
    })
    void whatIsNeverUnalignedFaultsWithoutUnalignTrp(String first, String second, String name) {
        rig.code(Integer.parseInt(first, 16), Integer.parseInt(second, 16)).set(Reg.R1, DATA + 1);
        rig.faults(Fault.UNALIGNED, DATA + 1);
        assertThat(rig.get(Reg.R1)).as(name).isEqualTo(DATA + 1);
    }

    @ParameterizedTest
    @CsvSource({"6808, 2, ldr", "6008, 2, str", "8808, 1, ldrh", "8008, 1, strh", "5e88, 1, ldrsh"})
    void unalignTrpMakesUnalignedAccessesFault(String halfword, int offset, String name) {
        rig.code(Integer.parseInt(halfword, 16)).set(Reg.R1, DATA + offset).run(1);
        assertThat(rig.engine.pc()).as(name).isEqualTo(CODE + 2);

        rig.context(new Context(Context.Fp.ENABLED, false, true, Protection.NONE))
                .set(Reg.PC, CODE);
        rig.faults(Fault.UNALIGNED, DATA + offset);
    }

    @Test
    void unalignedStoreThatTheMpuHalfRefusesFaultsAtTheRefusedPart() {
        rig.protection((address, access, privileged) -> access == Access.FETCH || address != DATA + 2)
                .code(0x6008) // str r0, [r1, #0]
                .set(Reg.R0, -1)
                .set(Reg.R1, DATA + 1)
                .faults(Fault.WRITE_PROTECTION, DATA + 2);
    }

    // DIV_0_TRP, NOCP, UNDEFINSTR, INVSTATE.

    @ParameterizedTest
    @CsvSource({"fb90, sdiv", "fbb0, udiv"})
    void div0TrpMakesDivisionByZeroFault(String first, String name) {
        rig.code(Integer.parseInt(first, 16), 0xf0f1).set(Reg.R0, 5).run(1); // r0 / r1
        assertThat(rig.get(Reg.R0)).as(name).isZero();

        rig.context(new Context(Context.Fp.ENABLED, true, false, Protection.NONE))
                .set(Reg.PC, CODE)
                .set(Reg.R0, 5);
        rig.faults(Fault.DIVIDE_BY_ZERO, CODE);
        assertThat(rig.get(Reg.R0)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"DENIED, 0, false", "PRIVILEGED, 0, true", "PRIVILEGED, 1, false", "LAZY, 0, false", "ENABLED, 1, true"
    })
    void cpacrDecidesOnFloatingPoint(Context.Fp fp, int control, boolean executes) {
        rig.context(new Context(fp, false, false, Protection.NONE)).code(0xee30, 0x0a00); // vadd.f32 s0, s0, s0
        rig.set(Reg.CONTROL, control);
        if (executes) {
            assertThat(rig.run(1).fault()).isEqualTo(Fault.NONE);
            assertThat(rig.get(Reg.CONTROL)).as("FPCA").isEqualTo(control | 4);
        } else {
            rig.faults(Fault.NO_COPROCESSOR, CODE);
            assertThat(rig.get(Reg.CONTROL)).as("FPCA").isEqualTo(control);
        }
    }

    @Test
    void withoutAspenFpcaStaysClear() {
        rig.context(new Context(Context.Fp.ENABLED, false, false, false, Protection.NONE))
                .code(0xee30, 0x0a00);
        rig.run(1);
        assertThat(rig.get(Reg.CONTROL)).isZero();
    }

    @Test
    void doublePrecisionIsUndefinedOnceTheFpuIsOn() {
        rig.code(0xee30, 0x0b00).faults(Fault.UNDEFINED_INSTRUCTION, CODE); // vadd.f64 d0, d0, d0
        rig.context(Context.RESET).faults(Fault.NO_COPROCESSOR, CODE);
    }

    @Test
    void clearTBitFaultsAtTheTargetOfTheBranch() {
        rig.code(0x4700).set(Reg.R0, DATA); // bx r0
        assertThat(rig.run(10).fault()).isEqualTo(Fault.INVALID_STATE);
        assertThat(rig.engine.pc()).isEqualTo(DATA);
    }

    // The MPU and privilege.

    @Test
    void mpuRefusesLoadsAndStoresAtTheirInstruction() {
        rig.protection((address, access, privileged) -> access == Access.FETCH || address != DATA);
        rig.code(0x6808).set(Reg.R1, DATA).faults(Fault.READ_PROTECTION, DATA); // ldr r0, [r1, #0]
        rig.code(0x6008).faults(Fault.WRITE_PROTECTION, DATA); // str r0, [r1, #0]
    }

    @ParameterizedTest
    @CsvSource({
        "f851, ldrt",
        "f841, strt",
        "f811, ldrbt",
        "f801, strbt",
        "f831, ldrht",
        "f821, strht",
        "f911, ldrsbt",
        "f931, ldrsht"
    })
    void unprivilegedFormsAreJudgedAsUserAccesses(String first, String name) {
        rig.protection((address, access, privileged) -> access == Access.FETCH || privileged);
        rig.code(Integer.parseInt(first, 16), 0x0e00, 0x6808).set(Reg.R1, DATA); // ..., [r1]; ldr r0, [r1, #0]
        rig.faults(name.startsWith("l") ? Fault.READ_PROTECTION : Fault.WRITE_PROTECTION, DATA);
        rig.set(Reg.PC, CODE + 4);
        assertThat(rig.run(1).fault()).as("the next access is privileged again").isEqualTo(Fault.NONE);
    }

    @Test
    void loadOfSeveralWordsIsRefusedAtTheWordTheMpuForbids() {
        rig.protection((address, access, privileged) -> access == Access.FETCH || address != DATA + 4);
        rig.word(DATA, 3).code(0xc907).set(Reg.R1, DATA); // ldmia r1, {r0, r1, r2}
        rig.faults(Fault.READ_PROTECTION, DATA + 4);
        assertThat(rig.get(Reg.R1)).isEqualTo(DATA);
    }
}
