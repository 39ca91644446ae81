// SPDX-License-Identifier: MIT
package picorn.emulator.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

class RegisterBlockTest {
    private static final class Block extends RegisterBlock {
        Block(NarrowWrites narrowWrites) {
            super("BLOCK", narrowWrites);
        }

        Register declare(String name, int offset, int reset) {
            return register(name, offset, reset);
        }

        Register declareView(String name, Register of) {
            return view(name, of);
        }
    }

    private final Block block = new Block(NarrowWrites.MERGED);
    private final List<String> findings = new ArrayList<>();

    private Block reporting(Block reporting) {
        reporting.reportTo((kind, subject) -> findings.add(kind + " " + subject));
        return reporting;
    }

    @ParameterizedTest(name = "{0}: 1010 written over 1100 gives {1} and reads as {2}")
    @CsvSource({
        "RW, 1010, 1010",
        "UNIMPLEMENTED, 1010, 1010",
        "RO, 1100, 1100",
        "WO, 1100, 1100",
        "W1C, 0100, 0100",
        "W0C, 1000, 1000",
        "W1S, 1110, 1110",
    })
    void fieldKeepsWhatItsAccessSays(FieldAccess access, String stored, String read) {
        Register register = block.declare("R", 0, 0b1100);
        register.bits(3, 0, "F", access);
        block.write(0, 4, 0b1010);
        assertThat(register.get()).isEqualTo(Integer.parseInt(stored, 2));
        assertThat(block.read(0, 4)).isEqualTo(Integer.parseInt(read, 2));
    }

    @Test
    void writeOnlyFieldReachesTheHandlerAndReadsAsZero() {
        List<Integer> written = new ArrayList<>();
        block.declare("KEYR", 0, 0).onWrite(written::add).bits(31, 0, "KEY", FieldAccess.WO);
        block.write(0, 4, 0x4567_0123);
        assertThat(written).containsExactly(0x4567_0123);
        assertThat(block.read(0, 4)).isZero();
    }

    @Test
    void mergedNarrowWriteChangesOnlyItsOctets() {
        block.declare("R", 4, 0x1122_3344);
        block.write(5, 1, 0xAB);
        assertThat(block.read(4, 4)).isEqualTo(0x1122_AB44);
        block.write(6, 2, 0xCDEF);
        assertThat(block.read(4, 4)).isEqualTo(0xCDEF_AB44);
    }

    @Test
    void mergedNarrowWriteDoesNotClearFlagsInOtherOctets() {
        Register sr = block.declare("SR", 0, 0x0101);
        sr.bit(0, "A", FieldAccess.W0C);
        sr.bit(8, "B", FieldAccess.W0C);
        block.write(0, 1, 0);
        assertThat(sr.get()).isEqualTo(0x0100);
    }

    @Test
    void duplicatedNarrowWriteFeedsEveryLane() {
        Block apb = new Block(NarrowWrites.DUPLICATED);
        apb.declare("R", 0, 0);
        apb.write(1, 1, 0xAB);
        assertThat(apb.read(0, 4)).isEqualTo(0xABAB_ABAB);
        apb.write(2, 2, 0x1234);
        assertThat(apb.read(0, 4)).isEqualTo(0x1234_1234);
    }

    @Test
    void narrowReadTakesItsLane() {
        block.declare("R", 0, 0x8899_AABB);
        assertThat(block.read(0, 1)).isEqualTo(0xBB);
        assertThat(block.read(3, 1)).isEqualTo(0x88);
        assertThat(block.read(2, 2)).isEqualTo(0x8899);
    }

    @Test
    void readShowsThenActsAndPeekOnlyShows() {
        int[] reads = {0};
        block.declare("DR", 0, 0).shows(() -> 40 + reads[0]).onRead(() -> reads[0]++);
        assertThat(block.peek(0, 4)).isEqualTo(40);
        assertThat(block.read(0, 4)).isEqualTo(40);
        assertThat(block.peek(0, 4)).isEqualTo(41);
    }

    @Test
    void changeIsSeenOnlyIfThereIsOneAndAfterTheWrite() {
        List<String> calls = new ArrayList<>();
        block.declare("R", 0, 5)
                .onWrite(value -> calls.add("write " + value))
                .onChange((before, after) -> calls.add(before + " to " + after));
        block.write(0, 4, 5);
        block.write(0, 4, 6);
        assertThat(calls).containsExactly("write 5", "write 6", "5 to 6");
    }

    @Test
    void overlapsAreRefusedAtConstruction() {
        Register register = block.declare("R", 0, 0);
        register.bits(7, 4, "A");
        assertThatThrownBy(() -> register.bits(4, 3, "B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BLOCK.R.B[4:3]");
        assertThatThrownBy(() -> register.bit(0, "A")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> register.bits(32, 31, "C")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.declare("S", 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.declare("R", 4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.declare("T", 6, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secondViewNamesTheSameBits() {
        Register output = block.declare("CCMR1_Output", 0, 0);
        output.bits(6, 4, "OC1M");
        Field filter = block.declareView("CCMR1_Input", output).bits(7, 4, "IC1F");
        block.write(0, 4, 0x70);
        assertThat(filter.get()).isEqualTo(7);
        assertThat(block.registers()).hasSize(2);
    }

    @Test
    void unimplementedFieldIsReportedOnceByName() {
        Register cr1 = reporting(block).declare("CR1", 0, 0);
        cr1.bit(0, "SBK", FieldAccess.UNIMPLEMENTED);
        cr1.bit(1, "RWU", FieldAccess.UNIMPLEMENTED);
        block.write(0, 4, 0);
        assertThat(findings).isEmpty();
        block.write(0, 4, 1);
        block.write(0, 4, 3);
        block.write(0, 4, 3);
        assertThat(findings).containsExactly("UNIMPLEMENTED_FIELD BLOCK.CR1.SBK", "UNIMPLEMENTED_FIELD BLOCK.CR1.RWU");
    }

    @Test
    void reservedBitsAreReportedOnceUnlessTheyResetToOne() {
        reporting(block).declare("CR", 0, 0x80).bit(0, "EN");
        block.write(0, 4, 0x81);
        assertThat(findings).isEmpty();
        block.write(0, 4, 0x11);
        block.write(0, 4, 0x11);
        assertThat(findings).containsExactly("RESERVED_BITS BLOCK.CR bits 0x10");
    }

    @Test
    void clearingAFlagByWritingAllOtherBitsAsOneIsNoMistake() {
        reporting(block).declare("SR", 0, 1).bit(0, "UIF", FieldAccess.W0C);
        block.write(0, 4, ~1);
        assertThat(findings).isEmpty();
        assertThat(block.read(0, 4)).isZero();
    }

    @Test
    void lanesThatOnlyTheBridgeWroteAreNoMistake() {
        Block apb = reporting(new Block(NarrowWrites.DUPLICATED));
        apb.declare("PSC", 0, 0).bits(15, 0, "PSC");
        apb.write(0, 2, 0xFFFF);
        assertThat(findings).isEmpty();
    }

    @Test
    void writeToAReadOnlyRegisterIsReportedOnce() {
        reporting(block).declare("IDR", 0, 0).bits(15, 0, "IDR", FieldAccess.RO);
        block.write(0, 4, 1);
        block.write(0, 4, 2);
        assertThat(findings).containsExactly("READ_ONLY_REGISTER BLOCK.IDR");
        assertThat(block.read(0, 4)).isZero();
    }

    @Test
    void closedRegisterLosesWritesAndSaysWhy() {
        boolean[] locked = {true};
        List<Integer> written = new ArrayList<>();
        reporting(block).declare("CR", 0, 0).onWrite(written::add).writableIf(() -> !locked[0], "while LOCK is set");
        block.write(0, 4, 1);
        assertThat(block.read(0, 4)).isZero();
        assertThat(written).isEmpty();
        assertThat(findings).containsExactly("PERIPHERAL_MISUSE BLOCK.CR (written while LOCK is set)");
        locked[0] = false;
        block.write(0, 4, 1);
        assertThat(block.read(0, 4)).isEqualTo(1);
    }

    @Test
    void undeclaredRegisterIsReportedOnceAndReadsAsZero() {
        reporting(block).declare("R", 0, 0);
        assertThat(block.read(8, 4)).isZero();
        block.write(8, 4, 1);
        assertThat(block.read(8, 4)).isZero();
        assertThat(findings).containsExactly("UNMODELLED_REGISTER BLOCK+0x8");
    }

    @Test
    void undeclaredRegisterTakesNameAndValueFromWhatIsKnown() {
        reporting(block).undeclaredAs(new Undeclared() {
            @Override
            public String suffix(int offset) {
                return offset == 8 ? ".DCKCFGR" : "?";
            }

            @Override
            public int resetValue(int offset) {
                return offset == 8 ? 0x1234_5678 : 0;
            }
        });
        assertThat(block.read(10, 2)).isEqualTo(0x1234);
        assertThat(findings).containsExactly("UNMODELLED_REGISTER BLOCK.DCKCFGR");
    }

    @Test
    void accessAcrossRegistersIsReportedAndDoesNothing() {
        reporting(block).declare("R", 0, 0x1111_1111);
        block.write(2, 4, -1);
        assertThat(block.read(0, 4)).isEqualTo(0x1111_1111);
        assertThat(findings).containsExactly("UNALIGNED_ACCESS BLOCK+0x2");
    }

    @Test
    void resetRestoresEveryRegister() {
        block.declare("A", 0, 1);
        block.declare("B", 4, 2);
        block.write(0, 4, 7);
        block.write(4, 4, 7);
        block.reset();
        assertThat(block.read(0, 4)).isEqualTo(1);
        assertThat(block.read(4, 4)).isEqualTo(2);
    }

    @Test
    void valuesSurviveSaveAndLoadAndAnotherShapeIsRefused() {
        block.declare("A", 0, 0);
        block.write(0, 4, 42);
        StateWriter out = new StateWriter();
        block.save(out);

        Block same = new Block(NarrowWrites.MERGED);
        same.declare("A", 0, 0);
        same.load(new StateReader(out.toByteArray()));
        assertThat(same.read(0, 4)).isEqualTo(42);

        Block other = new Block(NarrowWrites.MERGED);
        other.declare("A", 0, 0);
        other.declare("B", 4, 0);
        assertThatThrownBy(() -> other.load(new StateReader(out.toByteArray()))).isInstanceOf(StateMismatch.class);
    }
}
