// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The Linux kernels that firmware-images/linux/build.sh has built on this machine, by the names {@code linux} and {@code linux-VARIANT}. */
final class LinuxImages {
    /** The variant that {@code linux} means. */
    static final String FULL = "full";

    private static final String NAME = "linux";
    private static final String PREFIX = NAME + "-";

    /**
     * A kernel and what goes with it.
     *
     * @param size what {@code size} says of the kernel
     * @param raw the kernel as it lies in memory
     */
    record Built(Path kernel, Path dtb, Path initrd, Path size, Path raw) {}

    private LinuxImages() {}

    /** The variant that an image's name means, if it means one. */
    static Optional<String> variant(String image) {
        if (image.equals(NAME)) {
            return Optional.of(FULL);
        }
        return image.startsWith(PREFIX) && image.length() > PREFIX.length()
                ? Optional.of(image.substring(PREFIX.length()))
                : Optional.empty();
    }

    /** The files of a variant, which must be built. */
    static Built files(String variant) throws UsageError {
        Path folder = cache().resolve("linux").resolve("images").resolve(variant);
        if (!Files.exists(folder.resolve("vmlinux"))) {
            throw new UsageError("linux-%s is not built on this machine; do so with: picorn build-image linux-%s"
                    .formatted(variant, variant));
        }
        return new Built(
                folder.resolve("vmlinux"),
                folder.resolve("stm32429i-eval.dtb"),
                folder.resolve("rootfs.cpio"),
                folder.resolve("size"),
                folder.resolve("Image"));
    }

    private static Path cache() {
        String own = System.getenv("PICORN_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("picorn");
    }
}
