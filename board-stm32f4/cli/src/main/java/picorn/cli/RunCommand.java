// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.replay.Recording;
import picorn.stm32f4.linux.LinuxBuild;

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
                "picorn run linux --forward tcp:8080=:80",
                "  exits with 0 if the firmware ends well, 1 if it fails, 2 for bad usage or a bad image");
    }

    @Override
    public Options options() {
        return RunOptions.declare();
    }

    @Override
    public int run(CommandLine line) throws UsageError, BadImage {
        Optional<Recording> recording = ReplayOptions.recording(line);
        RunOptions options = RunOptions.parse(ReplayOptions.completed(line, recording), recording);
        Image image = image(options);
        try (RunSession session =
                RunSession.open(options, image, options.engine().provider())) {
            return session.run();
        }
    }

    private static Image image(RunOptions options) throws UsageError, BadImage {
        Optional<LinuxBuild> built = options.kernel().built();
        if (options.kernel().dtb().isPresent() || options.kernel().machine().isPresent()) {
            return KernelFiles.read(options);
        }
        if (built.isPresent()) {
            return KernelFiles.read(options, built.get());
        }
        return BundledImages.read(options.image(), options.rawAddress());
    }
}
