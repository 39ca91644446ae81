// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.image.Segment;

/** Source lines of real programs, each address beside what binutils say of it. */
class SourceLinesTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> SOURCES = List.of("startup.c", "semihosting.c", "text.c", "octets.c");

    /** addr2line takes the first address behind an assembly file as that file's, and then finds no line; objdump --dwarf has one. */
    private static final String BEHIND_ASSEMBLY = "[0-9a-f]{8} \\w+\\.S:[0-9]+ for [0-9a-f]{8} \\?";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hello-net", "rtos-check"})
    void ofBundledImagesAreThoseOfAddr2line(String name) throws Exception {
        Path elf = folder.resolve(name + ".elf");
        try (InputStream in = getClass().getResourceAsStream("/picorn/images/" + name + ".elf")) {
            Files.copy(in, elf);
        }
        assertSame(ours(elf), addr2line(elf));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void ofEveryVersionOfDwarfAreThoseOfAddr2line(int version) throws Exception {
        Path elf = folder.resolve("app.elf");
        Tool.GCC.run(build(elf, version));
        assertSame(ours(elf), addr2line(elf));
    }

    private static void assertSame(List<String> ours, List<String> theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        List<String> different = IntStream.range(0, ours.size())
                .filter(i -> !ours.get(i).equals(theirs.get(i)))
                .mapToObj(i -> ours.get(i) + " for " + theirs.get(i))
                .toList();
        assertThat(different).filteredOn(each -> !each.matches(BEHIND_ASSEMBLY)).isEmpty();
        assertThat(different).hasSizeLessThanOrEqualTo(2);
    }

    private static String[] build(Path elf, int version) {
        Path images = ROOT.resolve("firmware-images");
        Path common = images.resolve("common");
        List<String> arguments = new ArrayList<>(List.of("-gdwarf-" + version, "-gno-strict-dwarf", "-O2", "-std=c11"));
        arguments.addAll(List.of("-mcpu=cortex-m4", "-mthumb", "-ffreestanding", "-ffunction-sections", "-nostdlib"));
        arguments.addAll(List.of("-Wl,--gc-sections", "-I" + common, "-L" + images, "-T", common + "/stm32f429.ld"));
        SOURCES.forEach(source -> arguments.add(common.resolve(source).toString()));
        arguments.addAll(List.of(ROOT + "/tests/example/firmware/app.c", "-lgcc", "-o", elf.toString()));
        return arguments.toArray(String[]::new);
    }

    /** Of each even address of its segments: the address, and file and line as far as they are known. */
    private static List<String> ours(Path elf) throws Exception {
        Image image = ImageReader.read(elf, OptionalInt.empty());
        return addresses(image).stream()
                .map(address -> "%08x %s"
                        .formatted(
                                address,
                                image.symbols()
                                        .line(address)
                                        .map(Object::toString)
                                        .orElse("?")))
                .toList();
    }

    private List<String> addr2line(Path elf) throws Exception {
        List<Integer> addresses = addresses(ImageReader.read(elf, OptionalInt.empty()));
        Path list = folder.resolve("addresses");
        Files.write(list, addresses.stream().map("0x%08x"::formatted).toList());
        List<String> said = Tool.ADDR2LINE
                .run("-s", "-e", elf.toString(), "@" + list)
                .lines()
                .toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            String line = said.get(i).replaceAll(" \\(discriminator .*", "");
            lines.add("%08x %s".formatted(addresses.get(i), line.endsWith("?") || line.endsWith(":0") ? "?" : line));
        }
        assertThat(lines)
                .as("addresses with a line")
                .filteredOn(line -> !line.endsWith(" ?"))
                .hasSizeGreaterThan(200);
        return lines;
    }

    private static List<Integer> addresses(Image image) {
        List<Integer> addresses = new ArrayList<>();
        for (Segment segment : image.segments()) {
            for (int offset = 0; offset < segment.size(); offset += 2) {
                addresses.add(segment.address() + offset);
            }
        }
        return addresses;
    }
}
