// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.image.Symbols;
import picorn.emulator.trace.TraceFilter;
import picorn.emulator.trace.TraceText;
import picorn.stm32f4.trace.TraceFormat;
import picorn.stm32f4.trace.TraceKind;
import picorn.stm32f4.trace.TraceRequest;

/**
 * The traces that a user wants of a run.
 *
 * @param blocks as {@link TraceFilter#parse} takes it
 * @param places as {@link TraceFilter#parse} takes it
 */
record TraceOptions(List<One> traces, String blocks, String places) {
    /**
     * What one {@code --trace} says.
     *
     * @param file where to; standard error if there is none
     */
    record One(Set<TraceKind> kinds, Optional<Path> file) {
        TraceFormat format() {
            return file.map(path -> TraceFormat.of(path.toString())).orElse(TraceFormat.TEXT);
        }

        /** What {@link picorn.stm32f4.trace.BoardTrace} is to be asked for. */
        TraceRequest request(TraceFilter filter) {
            TraceText.Flush flush = file.isPresent() ? TraceText.Flush.FULL_BUFFER : TraceText.Flush.EACH_LINE;
            return new TraceRequest(kinds, format(), filter, flush);
        }
    }

    static void declare(Options options) {
        OptionValues.add(
                options,
                "trace",
                "WHAT[,...][:FILE]",
                "writes down mmio, irq, dma, net, exec (functions), insn (instructions) on standard error or in FILE, as text;"
                        + " a .vcd holds interrupts and pins, a .json functions and interrupts for Chrome, an .info coverage by lines");
        OptionValues.add(options, "trace-block", "NAMES", "of mmio, irq and dma only these, such as USART1,ETH");
        OptionValues.add(
                options,
                "trace-pc",
                "PLACES",
                "of mmio and exec only what these functions or ranges do: main,0x08000000-0x080001ff");
    }

    static TraceOptions parse(CommandLine line) throws UsageError {
        List<One> traces = new ArrayList<>();
        for (String text : Optional.ofNullable(line.getOptionValues("trace")).orElse(new String[0])) {
            traces.add(one(text));
        }
        for (String option : List.of("trace-block", "trace-pc")) {
            if (traces.isEmpty() && line.hasOption(option)) {
                throw new UsageError("--%s chooses of what --trace traces; give that too".formatted(option));
            }
        }
        return new TraceOptions(traces, line.getOptionValue("trace-block", ""), line.getOptionValue("trace-pc", ""));
    }

    private static One one(String text) throws UsageError {
        int colon = text.indexOf(':');
        String file = colon < 0 ? "" : text.substring(colon + 1);
        if (colon >= 0 && file.isEmpty()) {
            throw new UsageError("--trace %s names no file; leave the colon out for standard error".formatted(text));
        }
        One one = new One(kinds(text, colon < 0 ? text : text.substring(0, colon)), path(file));
        if (!one.format().kinds().containsAll(one.kinds())) {
            throw new UsageError(
                    "--trace %s cannot be: such a file holds %s; for the rest name a .txt in a --trace of its own"
                            .formatted(
                                    text,
                                    one.format().kinds().stream()
                                            .map(TraceKind::word)
                                            .collect(Collectors.joining(", "))));
        }
        return one;
    }

    private static Set<TraceKind> kinds(String text, String words) throws UsageError {
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (String word : words.split(",", -1)) {
            kinds.add(TraceKind.of(word)
                    .orElseThrow(() -> new UsageError(
                            "--trace %s cannot be: '%s' is none of %s".formatted(text, word, TraceKind.words()))));
        }
        return kinds;
    }

    private static Optional<Path> path(String file) throws UsageError {
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        } catch (InvalidPathException e) {
            throw new UsageError("--trace: '%s' is not a file name".formatted(file));
        }
    }

    /** What of the run is traced, by the functions of {@code symbols}. */
    TraceFilter filter(Symbols symbols) throws UsageError {
        try {
            return TraceFilter.parse(blocks, places, symbols);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--trace-pc: " + e.getMessage());
        }
    }

    /** Every file that they name. */
    List<Path> files() {
        return traces.stream().map(One::file).flatMap(Optional::stream).toList();
    }
}
