// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.stm32f4.linux.DeviceTree;
import picorn.stm32f4.linux.LinuxBoot;
import picorn.stm32f4.linux.LinuxBuild;

/** A Linux kernel with the files that go with it, as {@code picorn run} takes them. */
final class KernelFiles {
    /** Where a kernel for RAM at address 0 is linked: TEXT_OFFSET of arch/arm/Makefile. */
    private static final int TEXT_OFFSET = 0x8000;

    private static final int LARGEST_TREE = 1 << 20;
    private static final String LOADER = "boot-linux";

    private KernelFiles() {}

    /** The kernel of {@code --dtb} and {@code --machine} runs, ready to be loaded. */
    static Image read(RunOptions options) throws UsageError, BadImage {
        OptionalInt address = options.rawAddress().isPresent() ? options.rawAddress() : rawAddress(options.image());
        Image kernel = BundledImages.read(options.image(), address);
        if (options.kernel().machine().isPresent()) {
            return compose(
                    LinuxBoot.withTags(
                            loader(), kernel, options.kernel().machine().getAsInt()),
                    options);
        }
        Path dtb = options.kernel().dtb().orElseThrow();
        DeviceTree tree = DeviceTree.parse(dtb.toString(), contents("dtb", dtb, LARGEST_TREE));
        return compose(LinuxBoot.with(loader(), kernel, tree), options);
    }

    /** A kernel that was built here, ready to be loaded. */
    static Image read(RunOptions options, LinuxBuild built) throws UsageError, BadImage {
        return compose(built.boot(loader()), options);
    }

    private static Image loader() throws BadImage {
        return BundledImages.bundled(LOADER, OptionalInt.empty());
    }

    private static Image compose(LinuxBoot boot, RunOptions options) throws UsageError, BadImage {
        if (!options.kernel().append().isEmpty()) {
            boot.commandLine(options.kernel().append());
        }
        if (options.kernel().initrd().isPresent()) {
            Path initrd = options.kernel().initrd().get();
            boot.initrd(initrd.toString(), contents("initrd", initrd, Image.LARGEST));
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
