// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picorn.emulator.dwarf.SourceLine;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;

/** Coverage by lines and functions as an LCOV tracefile (geninfo(1), "Files"), for genhtml. */
public final class Lcov {
    private final Coverage coverage;
    private final TraceFilter filter;
    private final Map<String, File> files = new TreeMap<>();

    /** A source file: how often each of its lines was executed, and each of its functions called, by the line that it begins in. */
    private static final class File {
        private final Map<Integer, Integer> lines = new TreeMap<>();
        private final Map<Integer, Map<String, Integer>> functions = new TreeMap<>();
    }

    private Lcov(Coverage coverage, TraceFilter filter) {
        this.coverage = coverage;
        this.filter = filter;
    }

    /** Writes what {@code coverage} says of the program's lines and functions at places of {@code filter}. */
    public static void write(TextOut out, Coverage coverage, TraceFilter filter, Symbols symbols) {
        Lcov lcov = new Lcov(coverage, filter);
        symbols.lines().forEach(lcov::line);
        symbols.all().stream()
                .filter(symbol -> symbol.kind() == Symbol.Kind.FUNCTION && filter.place(symbol.address()))
                .forEach(function -> lcov.function(function, symbols.line(function.address())));
        out.text("TN:\n");
        lcov.files.forEach((name, file) -> write(out, name, file));
        out.flush();
    }

    private File file(String name) {
        return files.computeIfAbsent(name, key -> new File());
    }

    private void line(int first, int end, String file, int line) {
        if (filter.place(first)) {
            file(file).lines.merge(line, coverage.most(first, end), Math::max);
        }
    }

    private void function(Symbol function, Optional<SourceLine> place) {
        place.ifPresent(line -> file(line.file())
                .functions
                .computeIfAbsent(line.line(), key -> new TreeMap<>())
                .merge(function.name(), coverage.of(function.address()), Math::max));
    }

    private static void write(TextOut out, String name, File file) {
        out.text("SF:").text(name).put('\n');
        file.functions.forEach((line, names) -> names.keySet()
                .forEach(function ->
                        out.text("FN:").number(line).put(',').text(function).put('\n')));
        file.functions
                .values()
                .forEach(names -> names.forEach((function, calls) ->
                        out.text("FNDA:").number(calls).put(',').text(function).put('\n')));
        total(
                out,
                "FN",
                file.functions.values().stream().mapToLong(Map::size).sum(),
                file.functions.values().stream()
                        .flatMap(names -> names.values().stream())
                        .filter(calls -> calls > 0)
                        .count());
        file.lines.forEach((line, count) ->
                out.text("DA:").number(line).put(',').number(count).put('\n'));
        total(
                out,
                "L",
                file.lines.size(),
                file.lines.values().stream().filter(count -> count > 0).count());
        out.text("end_of_record\n");
    }

    private static void total(TextOut out, String what, long found, long hit) {
        out.text(what).text("F:").number(found).put('\n');
        out.text(what).text("H:").number(hit).put('\n');
    }
}
