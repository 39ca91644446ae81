// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.emulator.image.Samples.count;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all kinds, handed over by a user. */
class ImageReaderTest {
    private static final OptionalInt NO_ADDRESS = OptionalInt.empty();

    @TempDir
    Path directory;

    @Test
    void aRawBinaryGoesWhereTheUserSays() throws Exception {
        Image image = ImageReader.read(file("a.bin", count(10)), OptionalInt.of(0x0800_0000));
        assertThat(image.format()).isEqualTo(ImageFormat.RAW);
        assertThat(image.segments()).hasSize(1);
        assertThat(image.segments().get(0).address()).isEqualTo(0x0800_0000);
        assertThat(image.segments().get(0).bytes()).isEqualTo(count(10));
        assertThat(image.entry()).isEmpty();
        assertThat(image.description()).isEqualTo("raw binary at 0x08000000");
    }

    @Test
    void anElfFileIsReadFromDisk() throws Exception {
        Image image = ImageReader.read(file("a.elf", Samples.elf().build()), NO_ADDRESS);
        assertThat(image.format()).isEqualTo(ImageFormat.ELF);
        assertThat(image.name()).isEqualTo(directory.resolve("a.elf").toString());
    }

    @Test
    void aUImageWithAnAddressIsTakenAsItStandsInFlash() throws BadImage {
        byte[] whole = Samples.uImage(2, 0, 0xC000_8000, 0xC000_8000, count(8));
        Image image = ImageReader.read("uImage", whole, OptionalInt.of(0x0802_0000));
        assertThat(image.format()).isEqualTo(ImageFormat.RAW);
        assertThat(image.segments().get(0).bytes()).isEqualTo(whole);
    }

    @Test
    void formatsWithAddressesOfTheirOwnTakeNone() {
        assertBad(
                Samples.elf().build(),
                OptionalInt.of(0x0800_0000),
                "x: an address is given, but it is an ELF file, which has its own; leave the address out");
        assertBad(
                Samples.ascii(":00000001FF\n"),
                OptionalInt.of(0x0800_0000),
                "x: an address is given, but it is an Intel HEX file, which has its own; leave the address out");
    }

    @Test
    void anUnknownFileNeedsAnAddress() {
        assertBad(
                new byte[] {0, 0, 3, 0x20, 1},
                NO_ADDRESS,
                "x: it is no ELF, Intel HEX or uImage file (it starts with 00 00 03 20); if it is a raw binary, give the"
                        + " address it belongs to");
        assertBad(
                new byte[] {1},
                NO_ADDRESS,
                "x: it is no ELF, Intel HEX or uImage file (it starts with 01); if it is a raw binary, give the address it"
                        + " belongs to");
        assertBad(Samples.gzip(count(4)), NO_ADDRESS, "x: it is a gzip file; unpack it first");
        assertBad(
                Samples.ascii("S0030000FC\n"),
                NO_ADDRESS,
                "x: it is a Motorola S-record file; convert it with objcopy -O ihex");
    }

    @Test
    void aRawBinaryBeyondTheAddressSpaceIsRefused() {
        assertBad(
                count(17),
                OptionalInt.of(-16),
                "x: 17 octets at 0xfffffff0 reach past the end of the address space; give or link it at a lower address");
    }

    @Test
    void whatIsNoReadableFileIsRefused() throws IOException {
        assertBadFile(directory.resolve("none"), ": there is no such file; check the name");
        assertBadFile(directory, ": it is a directory; name an image file");
        assertBadFile(file("empty", new byte[0]), ": it is empty; build it again");
        Path large = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(Image.LARGEST + 1);
        }
        assertBadFile(large, ": it is larger than 64 MB; no board has that much memory: check the name");
    }

    @Test
    void aDeviceIsNoImage() {
        Path device = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(device));
        assertBadFile(device, ": it is not a regular file; name an image file");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() {
        Path memory = Path.of("/proc/self/mem"); // a regular file whose address 0 gives an I/O error, to root too
        Assumptions.assumeTrue(Files.exists(memory));
        assertBadFile(memory, ": it cannot be read; check its permissions and the disk it is on");
    }

    @Test
    void aFileNameWithALineEndStaysInOneLine() {
        assertThatThrownBy(() -> ImageReader.read("a\nb", new byte[0], NO_ADDRESS))
                .hasMessage("a?b: it is empty; build it again");
    }

    private Path file(String name, byte[] contents) throws IOException {
        return Files.write(directory.resolve(name), contents);
    }

    private static void assertBad(byte[] contents, OptionalInt address, String message) {
        assertThatThrownBy(() -> ImageReader.read("x", contents, address))
                .isInstanceOf(BadImage.class)
                .hasMessage(message);
    }

    private static void assertBadFile(Path file, String message) {
        assertThatThrownBy(() -> ImageReader.read(file, NO_ADDRESS))
                .isInstanceOf(BadImage.class)
                .hasMessage(file + message);
    }
}
