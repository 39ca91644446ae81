// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;

/** {@code picorn run}: runs an image on a board. */
final class RunCommand implements Command {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String arguments() {
        return "[IMAGE]";
    }

    @Override
    public String summary() {
        return "runs an image, a file (ELF, Intel HEX, uImage, raw) or a bundled one (default hello-net)";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "picorn run hello-net --pcap hello.pcapng",
                "  exits with 0 if the firmware ends well, 1 if it fails, 2 for bad usage or a bad image");
    }

    @Override
    public Options options() {
        return RunOptions.declare();
    }

    @Override
    public int run(CommandLine line) throws UsageError, BadImage {
        RunOptions options = RunOptions.parse(line);
        Image image = options.dtb().isPresent()
                ? KernelFiles.read(options)
                : BundledImages.read(options.image(), options.rawAddress());
        try (RunSession session = RunSession.open(options, image, Engines.named(options.engine()))) {
            return session.run();
        }
    }
}
