// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static picorn.emulator.image.Samples.count;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;

/** Images into a small board: 1 KB of flash, aliased at 0, and two RAMs of 1 KB that adjoin. */
class ImageLoaderTest {
    private final NotedMemory engine = new NotedMemory();
    private final Bus bus = engine.bus();
    private final Ram flash = engine.add(bus, "FLASH", 0x0800_0000, 1024, Mapping.READ_EXECUTE);
    private final Ram sram1 = engine.add(bus, "SRAM1", 0x2000_0000, 1024, Mapping.READ_WRITE_EXECUTE);
    private final Ram sram2 = engine.add(bus, "SRAM2", 0x2000_0400, 1024, Mapping.READ_WRITE_EXECUTE);
    private final ImageLoader loader = new ImageLoader(bus, engine);

    @Test
    void anElfFilesDataGoesToFlashWhereItIsKept() throws BadImage {
        loader.load(Samples.read("a.elf", Samples.elf().build()));
        byte[] octets = new byte[40];
        flash.read(0, octets, 0, 40);
        assertThat(octets).startsWith(count(32)).endsWith(count(8));
        assertThat(sram1.get32(0)).isZero();
        assertThat(engine.changes).containsExactly("0+32", "32+8");
    }

    @Test
    void aSegmentMayReachFromOneMemoryIntoTheNext() throws BadImage {
        assertThat(loader.load(raw(0x2000_03FE, 4)))
                .extracting(piece -> piece.memory().name(), MemoryPiece::size)
                .containsExactly(tuple("SRAM1", 2), tuple("SRAM2", 2));
        assertThat(sram1.get16(0x3FE)).isEqualTo(0x0201);
        assertThat(sram2.get16(0)).isEqualTo(0x0403);
    }

    @Test
    void anAliasLeadsToTheSameMemory() throws BadImage {
        bus.map(new Region.Memory("FLASH alias", 0, 512, flash, 256, Mapping.READ_EXECUTE, Region.Masters.ALL));
        loader.load(raw(4, 2));
        assertThat(flash.get16(260)).isEqualTo(0x0201);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() {
        assertBad(
                raw(0x0800_0000, 1025),
                "x: 1025 octets at 0x08000000 do not fit: FLASH (1024 octets at 0x08000000) ends at 0x08000400; link it for"
                        + " this board, or take a board or a size of memory that holds it");
        assertBad(
                raw(0x1000_0000, 8),
                "x: 8 octets at 0x10000000 do not fit: no memory is there, the nearest is FLASH (1024 octets at"
                        + " 0x08000000); link it for this board, or take a board or a size of memory that holds it");
        assertThat(flash.get8(0)).isZero();
        assertThat(engine.changes).isEmpty();
    }

    @Test
    void oneSegmentThatDoesNotFitKeepsTheOthersOut() {
        Image image = new Image(
                "x",
                ImageFormat.ELF,
                "",
                List.of(new Segment(0x0800_0000, count(8)), new Segment(0x3000_0000, count(8))),
                OptionalInt.empty(),
                Symbols.NONE);
        assertThatThrownBy(() -> loader.load(image)).isInstanceOf(BadImage.class);
        assertThat(flash.get8(0)).isZero();
    }

    @Test
    void memoryAtTheEndOfTheAddressSpaceDoesNotGoOnAtZero() {
        Ram last = engine.add(bus, "LAST", 0xFFFF_FC00, 1024, Mapping.READ_WRITE);
        engine.add(bus, "FIRST", 0, 1024, Mapping.READ_WRITE);
        assertThat(MemoryPiece.of(bus, 0xFFFF_FFFE, 4)).hasSize(1);
        assertThat(last.size()).isEqualTo(1024);
    }

    private static Image raw(int address, int size) {
        try {
            return ImageReader.read("x", count(size), OptionalInt.of(address));
        } catch (BadImage e) {
            throw new AssertionError(e);
        }
    }

    private void assertBad(Image image, String message) {
        assertThatThrownBy(() -> loader.load(image))
                .isInstanceOf(BadImage.class)
                .hasMessage(message);
    }
}
