// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;

/**
 * A Linux that firmware-images/linux/build.sh has built on this machine. As an image it is called {@code linux-VARIANT}, or {@code
 * linux} for the variant {@code full}.
 *
 * @param variant which
 * @param folder where its files are
 */
public record LinuxBuild(String variant, Path folder) {
    private static final String NAME = "linux";
    private static final String PREFIX = NAME + "-";

    /** The build that an image's name means, if it means one; whether it is there shows when it is read. */
    public static Optional<LinuxBuild> named(String image) {
        if (image.equals(NAME)) {
            return named(PREFIX + "full");
        }
        return image.startsWith(PREFIX) && image.length() > PREFIX.length()
                ? Optional.of(image.substring(PREFIX.length())).map(variant -> new LinuxBuild(variant, folder(variant)))
                : Optional.empty();
    }

    private static Path folder(String variant) {
        return cache().resolve("linux").resolve("images").resolve(variant);
    }

    /** As build.sh finds it. */
    private static Path cache() {
        return variable("PICORN_CACHE").orElseGet(() -> variable("XDG_CACHE_HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("picorn"));
    }

    private static Optional<Path> variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    /** Whether its sockets are those of a socket device. */
    public boolean needsSocketDevice() {
        return variant.startsWith("picotcp");
    }

    /** The kernel with its symbols. */
    public Image kernel() throws BadImage {
        Path file = folder.resolve("vmlinux");
        if (!Files.exists(file)) {
            throw new BadImage(
                    PREFIX + variant,
                    "it is not built on this machine",
                    "do so with: picorn build-image " + PREFIX + variant);
        }
        return ImageReader.read(file, OptionalInt.empty());
    }

    /** Whether it was built on this machine. */
    public boolean isBuilt() {
        return Files.exists(folder.resolve("vmlinux"));
    }

    /** How large its kernel is. */
    public KernelSize size() throws BadImage {
        try {
            String name = PREFIX + variant;
            return KernelSize.parse(name, Files.readString(folder.resolve("size")), Files.size(bootImage()));
        } catch (IOException e) {
            throw unreadable("size");
        }
    }

    /** The file that a boot loader puts into memory: xipImage for flash, Image for SDRAM. */
    public Path bootImage() {
        Path inFlash = folder.resolve("xipImage");
        return Files.exists(inFlash) ? inFlash : folder.resolve("Image");
    }

    /** Whether it executes in flash. */
    public boolean isInFlash() {
        return bootImage().endsWith("xipImage");
    }

    /** The board's device tree. */
    public DeviceTree deviceTree() throws BadImage {
        return DeviceTree.parse(PREFIX + variant, contents("stm32429i-eval.dtb"));
    }

    /** The user space, a cpio archive. */
    public byte[] fileSystem() throws BadImage {
        return contents("rootfs.cpio");
    }

    private byte[] contents(String file) throws BadImage {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    private BadImage unreadable(String file) {
        return new BadImage(
                PREFIX + variant, file + " cannot be read", "build it again: picorn build-image " + PREFIX + variant);
    }

    /** Ready to be booted by {@code loader}, with its own user space. */
    public LinuxBoot boot(Image loader) throws BadImage {
        return LinuxBoot.with(loader, kernel(), deviceTree()).initrd("rootfs.cpio", fileSystem());
    }
}
