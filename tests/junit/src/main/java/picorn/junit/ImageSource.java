// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBoot;
import picorn.stm32f4.linux.LinuxBuild;

/** Finds a test's firmware: a file, a resource, a bundled image, or a Linux that was built on this machine. */
final class ImageSource {
    private static final String BUNDLED = "/picorn/images/%s.elf";
    private static final String LINUX_LOADER = "boot-linux";

    private ImageSource() {}

    /** The directory of the Maven module that is tested, else the current one. */
    static Path baseDirectory() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /** The image that {@code test} names, for {@code board}; resources are searched for where {@code type} is. */
    static Image read(PicornTest test, Class<?> type, BoardModel board) throws BadImage {
        Path file = baseDirectory().resolve(test.image());
        if (Files.exists(file)) {
            return ImageReader.read(file, OptionalInt.empty());
        }
        Optional<LinuxBuild> linux = LinuxBuild.named(test.image());
        Optional<Image> found =
                linux.isPresent() ? Optional.of(boot(linux.get(), test, type, board)) : resource(test.image(), type);
        return found.orElseThrow(() -> new BadImage(
                test.image(),
                "there is neither the file %s nor such a resource nor such a bundled image".formatted(file),
                "build the firmware first, or check the name in @PicornTest"));
    }

    private static Image boot(LinuxBuild linux, PicornTest test, Class<?> type, BoardModel board) throws BadImage {
        Image loader = resource(LINUX_LOADER, type)
                .orElseThrow(() -> new BadImage(
                        test.image(), "it needs picorn-firmware-images", "add that artifact to the tests' class path"));
        LinuxBoot boot = linux.boot(loader);
        return (test.args().isEmpty() ? boot : boot.commandLine(test.args())).imageFor(board);
    }

    private static Optional<Image> resource(String name, Class<?> type) throws BadImage {
        for (String resource : new String[] {"/" + name, BUNDLED.formatted(name)}) {
            try (InputStream in = type.getResourceAsStream(resource)) {
                if (in != null) {
                    return Optional.of(ImageReader.read(name, in.readAllBytes(), OptionalInt.empty()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }
}
