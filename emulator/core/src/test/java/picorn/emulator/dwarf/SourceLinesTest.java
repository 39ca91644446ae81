// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line-number programs of each version, sound and damaged. */
class SourceLinesTest {
    /** That of the standard's appendix D.5: advance_pc 0x239, four special opcodes, advance_pc 2, end_sequence. */
    private static final int[] EXAMPLE = {0x02, 0xB9, 0x04, 0x0B, 0x38, 0x82, 0x73, 0x02, 0x02, 0x00, 0x01, 0x01};

    private static SourceLines lines(byte[] section) {
        return new SourceLines(LineUnit.sections(section));
    }

    private static Optional<SourceLine> line(int number) {
        return Optional.of(new SourceLine("src/main.c", number));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void theStandardsExampleGivesItsTable(int version) {
        SourceLines lines = lines(LineUnit.of(version, EXAMPLE));
        assertThat(lines.at(0x238)).isEmpty();
        assertThat(lines.at(0x239)).isEqualTo(line(3));
        assertThat(lines.at(0x23B)).isEqualTo(line(3));
        assertThat(lines.at(0x23C)).isEqualTo(line(5));
        assertThat(lines.at(0x244)).isEqualTo(line(6));
        assertThat(lines.at(0x24B)).isEqualTo(line(7));
        assertThat(lines.at(0x24C)).isEqualTo(line(7));
        assertThat(lines.at(0x24D)).isEmpty();
    }

    @Test
    void everyStandardAndExtendedOpcodeIsUnderstood() {
        int[] program = {
            0x00,
            0x05,
            0x02,
            0x00,
            0x10,
            0x00,
            0x08, // set_address 0x08001000
            0x03,
            0xE4,
            0x00, // advance_line 100
            0x05,
            0x07,
            0x06,
            0x07, // set_column, negate_stmt, set_basic_block
            0x00,
            0x02,
            0x04,
            0x05, // set_discriminator
            0x01, // copy: line 101
            0x08, // const_add_pc: (255 - 10) / 15 = 16 octets
            0x03,
            0x7F, // advance_line -1
            0x01, // copy: line 100
            0x09,
            0x00,
            0x01, // fixed_advance_pc 256
            0x00,
            0x08,
            0x03,
            'x',
            '.',
            'h',
            0,
            0,
            0,
            0, // define_file 2
            0x04,
            0x02, // set_file 2
            0x01, // copy
            0x02,
            0x04,
            0x00,
            0x01,
            0x01 // advance_pc 4, end_sequence
        };
        SourceLines lines = lines(LineUnit.of(4, program));
        assertThat(lines.at(0x0800_1000)).isEqualTo(line(101));
        assertThat(lines.at(0x0800_1010)).isEqualTo(line(100));
        assertThat(lines.at(0x0800_1110)).contains(new SourceLine("x.h", 100));
        assertThat(lines.at(0x0800_1114)).isEmpty();
    }

    @Test
    void aFunctionThatTheLinkerThrewAwayDoesNotHideTheVectorTable() {
        int[] atZero = {0x0B, 0x38, 0x02, 0x20, 0x00, 0x01, 0x01};
        assertThat(lines(LineUnit.of(4, atZero)).at(2)).isEmpty();
    }

    @Test
    void aUnitThatMakesNoSenseDoesNotHideTheNext() {
        byte[] unknownVersion = LineUnit.of(4, EXAMPLE);
        unknownVersion[4] = 9;
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        section.writeBytes(unknownVersion);
        section.writeBytes(LineUnit.of(3, EXAMPLE));
        assertThat(lines(section.toByteArray()).at(0x239)).isEqualTo(line(3));
    }

    @Test
    void aTextNamesFileAndLineWithoutDirectory() {
        assertThat(new SourceLine("/home/me/src/main.c", 42)).hasToString("main.c:42");
        assertThat(new SourceLine("main.c", 42)).hasToString("main.c:42");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void damagedLineTablesGiveFewerLinesAndNothingElse(int version) {
        byte[] sound = LineUnit.of(version, EXAMPLE);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt(256));
            }
            try {
                lines(damaged).at(0x239);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("version %d, seed %d".formatted(version, seed), e);
            }
        }
    }
}
