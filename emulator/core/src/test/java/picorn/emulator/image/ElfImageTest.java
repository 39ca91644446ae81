// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.emulator.image.Samples.count;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.fornwall.jelf.ElfFile;
import org.junit.jupiter.api.Test;

/** ELF files: System V ABI, edition 4.1, chapters 4 and 5. */
class ElfImageTest {
    private static final int PROGRAM_HEADERS = 52;

    @Test
    void segmentsGoToTheirPhysicalAddressesAndBssBringsNoOctets() throws BadImage {
        Image image = Samples.read("a.elf", Samples.elf().build());
        assertThat(image.format()).isEqualTo(ImageFormat.ELF);
        assertThat(image.segments()).extracting(Segment::address).containsExactly(0x0800_0000, 0x0800_0020);
        assertThat(image.segments().get(0).bytes()).isEqualTo(count(32));
        assertThat(image.segments().get(1).bytes()).isEqualTo(count(8));
        assertThat(image.entry()).hasValue(0x0800_0011);
        assertThat(image.size()).isEqualTo(40);
    }

    @Test
    void anotherReaderSeesTheSameSegments() throws BadImage {
        byte[] elf = Samples.elf().build();
        ElfFile oracle = ElfFile.from(elf);
        Image image = Samples.read("a.elf", elf);
        for (int i = 0; i < image.segments().size(); i++) {
            assertThat(image.segments().get(i).start()).isEqualTo(oracle.getProgramHeader(i).p_paddr);
            assertThat(image.segments().get(i).size()).isEqualTo((int) oracle.getProgramHeader(i).p_filesz);
        }
        assertThat(image.entry().getAsInt()).isEqualTo((int) oracle.e_entry);
    }

    @Test
    void segmentsAreSortedByAddress() throws BadImage {
        Image image = Samples.read(
                "a.elf",
                new ElfBuilder()
                        .load(0xC000_0000, 0xC000_0000, count(4))
                        .load(0x0800_0000, 0x0800_0000, count(4))
                        .build());
        assertThat(image.segments()).extracting(Segment::address).containsExactly(0x0800_0000, 0xC000_0000);
    }

    @Test
    void theFilesOwnHeadersAreNotLoadedWhereTheLinkerPutThemIntoASegment() throws BadImage {
        Image image = Samples.read(
                "a.elf",
                new ElfBuilder()
                        .load(0x0800_4000, 0x0800_4000, count(16))
                        .headersInFirstSegment()
                        .build());
        assertThat(image.segments()).hasSize(1);
        assertThat(image.segments().get(0).address()).isEqualTo(0x0800_4000);
        assertThat(image.segments().get(0).bytes()).isEqualTo(count(16));
    }

    @Test
    void foreignProcessorsAreRefusedByName() {
        assertBad(
                patched16(18, 3),
                "a.elf: it is an ELF file for x86, 32-bit, little-endian; build it for a Cortex-M: ARM,"
                        + " 32-bit, little-endian");
        byte[] wide = patched16(18, 62);
        wide[4] = 2;
        assertBad(
                wide,
                "a.elf: it is an ELF file for x86-64, 64-bit, little-endian; build it for a Cortex-M: ARM,"
                        + " 32-bit, little-endian");
        byte[] swapped = patched16(18, 40 << 8);
        swapped[5] = 2;
        assertBad(
                swapped,
                "a.elf: it is an ELF file for ARM, 32-bit, big-endian; build it for a Cortex-M: ARM, 32-bit,"
                        + " little-endian");
        assertBad(
                patched32(36, 0x0580_0000),
                "a.elf: it is an ELF file for ARM, 32-bit, big-endian (BE8); build it for a"
                        + " Cortex-M: ARM, 32-bit, little-endian");
        assertBad(
                patched16(18, 999),
                "a.elf: it is an ELF file for machine 999, 32-bit, little-endian; build it for a"
                        + " Cortex-M: ARM, 32-bit, little-endian");
    }

    @Test
    void whatIsNoFinishedProgramIsRefused() {
        assertBad(patched16(16, 1), "a.elf: it is an object file; link it to a program");
        assertBad(
                patched16(16, 3),
                "a.elf: it is a shared or position-independent ELF file; link it at fixed addresses"
                        + " (-static -no-pie)");
        assertBad(patched16(16, 4), "a.elf: it is a core dump; name the program it was made by");
        assertBad(
                patched16(16, 77),
                "a.elf: it is an ELF file of unknown type 77 (offset 0x10); build it as an executable");
        assertBad(
                patched16(44, 0), "a.elf: it has no segment to load; link it: an image needs a PT_LOAD program header");
    }

    @Test
    void aTruncatedFileIsRefusedWhereItEnds() {
        byte[] elf = Samples.elf().build();
        assertBad(
                Arrays.copyOf(elf, 40),
                "a.elf: the ELF header (offset 0x0, 52 octets) lies past the end of the file (40"
                        + " octets); it is truncated or corrupt: copy or build it again");
        assertBad(
                Arrays.copyOf(elf, 160),
                "a.elf: the table of section headers (offset 0x%x, 240 octets) lies past the end of the file (160 octets); it is truncated or corrupt: copy or build it again"
                        .formatted(elf.length - 240));
        byte[] noSections = Arrays.copyOf(elf, 160);
        Arrays.fill(noSections, 48, 50, (byte) 0);
        assertBad(
                noSections,
                "a.elf: segment 0 (offset 0x94, 32 octets) lies past the end of the file (160 octets); it is"
                        + " truncated or corrupt: copy or build it again");
    }

    @Test
    void sizesThatNoFileHasAllocateNothing() {
        assertBad(
                patched32(PROGRAM_HEADERS + 16, 0x7FFF_FFFF),
                "a.elf: segment 0 has 2147483647 octets in the file, but 32"
                        + " in memory (program header at offset 0x34); it is corrupt: copy or build it again");
        byte[] both = patched32(PROGRAM_HEADERS + 16, -1);
        ByteBuffer.wrap(both).order(ByteOrder.LITTLE_ENDIAN).putInt(PROGRAM_HEADERS + 20, -1);
        assertBad(
                both, "a.elf: its segments up to number 0 hold more than 64 MB; it is corrupt: copy or build it again");
        assertBad(
                patched16(42, 31),
                "a.elf: each program header has 31 octets instead of 32; it is corrupt: copy or build" + " it again");
        assertBad(
                patched32(PROGRAM_HEADERS + 4, -16),
                "a.elf: segment 0 (offset 0xfffffff0, 32 octets) lies past the end of"
                        + " the file (490 octets); it is truncated or corrupt: copy or build it again");
    }

    @Test
    void manySegmentsOfTheSameOctetsAreNotAllCopied() {
        ElfBuilder elf = new ElfBuilder().load(0, 0, new byte[1 << 20]);
        for (int i = 0; i < 70; i++) {
            elf.load(0, i << 20, new byte[4]);
        }
        ByteBuffer in = ByteBuffer.wrap(elf.build()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= 70; i++) {
            in.putInt(PROGRAM_HEADERS + 32 * i + 4, in.getInt(PROGRAM_HEADERS + 4));
            in.putInt(PROGRAM_HEADERS + 32 * i + 16, 1 << 20).putInt(PROGRAM_HEADERS + 32 * i + 20, 1 << 20);
        }
        assertBad(
                in.array(),
                "a.elf: its segments up to number 64 hold more than 64 MB; it is corrupt: copy or build it" + " again");
    }

    @Test
    void segmentsThatOverlapOrWrapAreRefused() {
        assertBad(
                patched32(PROGRAM_HEADERS + 32 + 12, 0x0800_001F),
                "a.elf: two of its segments overlap at 0x0800001f; link" + " it so that each address is loaded once");
        assertBad(
                patched32(PROGRAM_HEADERS + 12, -31),
                "a.elf: 32 octets at 0xffffffe1 reach past the end of the address"
                        + " space; give or link it at a lower address");
    }

    @Test
    void aSymbolTableOfNonsenseIsRefused() {
        String mend = "; it is corrupt: build it again or remove the symbols (arm-none-eabi-strip)";
        byte[] elf = Samples.elf().build();
        int symbolTable = elf.length - 2 * 40;
        assertBad(patched32(symbolTable + 36, 0), "a.elf: the header of its symbol table makes no sense" + mend);
        assertBad(patched32(symbolTable + 24, -1), "a.elf: the header of its symbol table makes no sense" + mend);
        assertBad(patched32(symbolTable + 24, 1), "a.elf: its symbol table has no names" + mend);
        int symbols = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).getInt(symbolTable + 16);
        assertBad(
                patched32(symbols + 16, -1),
                "a.elf: a symbol's name (offset 0xffffffff of 14) lies past its table" + mend);
        assertBad(
                patched32(symbolTable + 20, 0x1000_0000),
                "a.elf: the symbol table (offset 0x%x, 268435456 octets) lies past the end of the file (490 octets); it is truncated or corrupt: copy or build it again"
                        .formatted(symbols));
    }

    private static byte[] patched16(int at, int value) {
        byte[] elf = Samples.elf().build();
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
        return elf;
    }

    private static byte[] patched32(int at, int value) {
        byte[] elf = Samples.elf().build();
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return elf;
    }

    private static void assertBad(byte[] elf, String message) {
        assertThatThrownBy(() -> Samples.read("a.elf", elf))
                .isInstanceOf(BadImage.class)
                .hasMessage(message);
    }
}
