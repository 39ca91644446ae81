// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.stm32f4.linux.DeviceTree;
import picorn.stm32f4.linux.LinuxBoot;

/** A Linux kernel with the files that go with it, as {@code picorn run} takes them. */
final class KernelFiles {
    /** Where a kernel for RAM at address 0 is linked: TEXT_OFFSET of arch/arm/Makefile. */
    private static final int TEXT_OFFSET = 0x8000;

    private static final int LARGEST_TREE = 1 << 20;
    private static final String LOADER = "boot-linux";

    private KernelFiles() {}

    /** The kernel of {@code --dtb} runs, ready to be loaded. */
    static Image read(RunOptions options) throws UsageError, BadImage {
        OptionalInt address = options.rawAddress().isPresent() ? options.rawAddress() : rawAddress(options.image());
        Image kernel = BundledImages.read(options.image(), address);
        return compose(kernel, options.dtb().orElseThrow(), options.initrd(), options);
    }

    /** A kernel that was built here, ready to be loaded; the user's own file system wins. */
    static Image read(RunOptions options, LinuxImages.Built built) throws UsageError, BadImage {
        Image kernel = ImageReader.read(built.kernel(), OptionalInt.empty());
        return compose(kernel, built.dtb(), options.initrd().or(() -> Optional.of(built.initrd())), options);
    }

    private static Image compose(Image kernel, Path dtb, Optional<Path> initrd, RunOptions options)
            throws UsageError, BadImage {
        LinuxBoot boot = LinuxBoot.with(
                BundledImages.bundled(LOADER, OptionalInt.empty()),
                kernel,
                DeviceTree.parse(dtb.toString(), contents("dtb", dtb, LARGEST_TREE)));
        if (!options.append().isEmpty()) {
            boot.commandLine(options.append());
        }
        if (initrd.isPresent()) {
            boot.initrd(initrd.get().toString(), contents("initrd", initrd.get(), Image.LARGEST));
        }
        return boot.imageFor(options.board());
    }

    /** A kernel without any header is one that make Image made. */
    private static OptionalInt rawAddress(String file) {
        return Path.of(file).getFileName().toString().equals("Image")
                ? OptionalInt.of(TEXT_OFFSET)
                : OptionalInt.empty();
    }

    private static byte[] contents(String option, Path file, int largest) throws UsageError {
        try {
            if (Files.size(file) > largest) {
                throw new UsageError(
                        "--%s %s is larger than %d KB; check the name".formatted(option, file, largest >> 10));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UsageError("--%s %s cannot be read; check the name and its permissions".formatted(option, file));
        }
    }
}
