// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.stm32f4.linux.LinuxBuild;

/**
 * What a boot loader would hand to the image, if that is a kernel.
 *
 * @param built the Linux that Picorn has built, if the image is one
 * @param machine the machine number of a kernel of the time before device trees
 * @param append arguments of the kernel, and of any other firmware by semihosting
 */
record KernelOptions(
        Optional<LinuxBuild> built, Optional<Path> dtb, OptionalInt machine, Optional<Path> initrd, String append) {
    static void declare(Options options) {
        OptionValues.add(
                options, "append", "TEXT", "arguments for the firmware (semihosting SYS_GET_CMDLINE) or the kernel");
        OptionValues.add(
                options,
                "dtb",
                "FILE",
                "the image is a Linux kernel, this its device tree: a boot loader is stood in for");
        OptionValues.add(
                options,
                "machine",
                "NUMBER",
                "the image is a kernel of the time before device trees: it is handed this machine number and a list of tags");
        OptionValues.add(
                options,
                "initrd",
                "FILE",
                "the kernel's initial file system, a cpio archive; needs --dtb or --machine");
    }

    static KernelOptions parse(CommandLine line) throws UsageError {
        KernelOptions kernel = new KernelOptions(
                built(line),
                OptionValues.path(line, "dtb"),
                machine(line),
                OptionValues.path(line, "initrd"),
                line.getOptionValue("append", ""));
        kernel.check();
        return kernel;
    }

    /** The Linux that the command line names, unless there is a file of that name. */
    private static Optional<LinuxBuild> built(CommandLine line) {
        return DebugOptions.arguments(line).stream()
                .filter(name -> LinuxBuild.named(name).isPresent() && !Files.exists(Path.of(name)))
                .findFirst()
                .flatMap(LinuxBuild::named);
    }

    /** Whether it is a Linux with a device tree. */
    boolean linux() {
        return built.isPresent() || dtb.isPresent();
    }

    private void check() throws UsageError {
        if (initrd.isPresent() && !linux() && machine.isEmpty()) {
            throw new UsageError("--initrd is for a Linux kernel; give its device tree with --dtb");
        }
        if (machine.isPresent() && linux()) {
            throw new UsageError("--machine is for a kernel without device tree; leave it or the tree (--dtb) out");
        }
    }

    private static OptionalInt machine(CommandLine line) throws UsageError {
        String text = line.getOptionValue("machine");
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new UsageError("--machine %s is not a machine number; write it like 2189".formatted(text));
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
