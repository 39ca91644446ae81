// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import picorn.emulator.replay.BadRecording;
import picorn.emulator.replay.Recording;

/**
 * Whether what comes in from the host is recorded, or comes from a recording.
 *
 * @param facts what of the command line matters to a replay
 */
record ReplayOptions(Optional<Path> record, Optional<Recording> replay, Map<String, String> facts) {
    /** Options on which a run depends, beside its image and what comes in. */
    private static final List<String> MATTER =
            List.of("board", "flash", "sdram", "socket-device", "seed", "impair", "timing");

    /** Options that name something of the host's, which a replay has not. */
    private static final List<String> HOSTS = List.of("net", "forward", "semihosting-dir", "record", "load");

    /** How the far end of the cable is told in {@link #facts}. */
    private static final String CABLE = "cable";

    static void declare(Options options) {
        OptionValues.add(
                options, "record", "FILE", "keep what comes in from the host, so that the run can be repeated");
        OptionValues.add(
                options, "replay", "FILE", "repeat a recorded run of this image, without host; options come from FILE");
    }

    /** The command line with what {@code recording} says of it, if it names one. */
    static CommandLine completed(CommandLine line, Optional<Recording> recording) throws UsageError {
        if (recording.isEmpty()) {
            return line;
        }
        for (String option : HOSTS) {
            if (line.hasOption(option)) {
                throw new UsageError("--replay has no host: leave --%s out".formatted(option));
            }
        }
        List<String> arguments = new ArrayList<>();
        for (Option option : line.getOptions()) {
            arguments.add("--" + option.getLongOpt());
            Optional.ofNullable(option.getValue()).ifPresent(arguments::add);
        }
        for (String option : MATTER) {
            add(arguments, line, option, recording.get().facts());
        }
        if (recording.get().facts().getOrDefault(CABLE, "").isEmpty()) {
            arguments.addAll(List.of("--net", "none"));
        }
        arguments.add("--");
        arguments.addAll(line.getArgList());
        return Main.parse(new RunCommand(), arguments.toArray(String[]::new));
    }

    private static void add(List<String> arguments, CommandLine line, String option, Map<String, String> facts)
            throws UsageError {
        Optional<String> recorded = Optional.ofNullable(facts.get(option));
        Optional<String> given = Optional.ofNullable(line.getOptionValue(option));
        if (given.isPresent() && !given.equals(recorded)) {
            throw new UsageError("--replay: it was recorded %s, so leave --%s %s out"
                    .formatted(
                            recorded.map(value -> "with --%s %s".formatted(option, value))
                                    .orElse("without --" + option),
                            option,
                            given.get()));
        }
        if (given.isEmpty() && recorded.isPresent()) {
            arguments.addAll(List.of("--" + option, recorded.get()));
        }
    }

    /** The recording that the command line names; it is looked through from end to end. */
    static Optional<Recording> recording(CommandLine line) throws UsageError {
        Optional<Path> file = OptionValues.path(line, "replay");
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(Recording.open(file.get()));
        } catch (BadRecording e) {
            throw new UsageError("--replay %s: %s".formatted(file.orElseThrow(), e.getMessage()));
        }
    }

    /** Of a line that is {@link #completed}. */
    static ReplayOptions parse(CommandLine line, Optional<Recording> recording) throws UsageError {
        if (line.hasOption("record") && line.hasOption("semihosting-dir")) {
            throw new UsageError("--record does not keep what files of --semihosting-dir hold; leave one of them out");
        }
        if (line.hasOption("load") && line.hasOption("record")) {
            throw new UsageError("--record begins at the reset, not at a snapshot: leave --load out");
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (String option : MATTER) {
            if (line.hasOption(option)) {
                facts.put(option, line.getOptionValue(option));
            }
        }
        facts.put(CABLE, "none".equals(line.getOptionValue("net")) ? "" : "plugged");
        return new ReplayOptions(OptionValues.path(line, "record"), recording, facts);
    }
}
