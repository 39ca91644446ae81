// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Optional;
import picorn.netstack.capture.PcapngWriter;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.Snapshot;

/** The files that a run leaves: its report, the state of the board, and the frames of its network, which may also go to standard output as they pass. */
final class RunFiles {
    private final Optional<OutputFile> reportFile;
    private final Optional<OutputFile> snapshotFile;
    private final Optional<OutputFile> pcapFile;
    private final Optional<HostOutput> live;
    private final Optional<PcapngWriter> pcap;

    /**
     * Opens them, each onto {@code opened} as soon as it is.
     *
     * @param outputClosed called when nobody takes the frames on standard output any more
     */
    RunFiles(RunOptions options, Deque<AutoCloseable> opened, Runnable outputClosed) throws UsageError {
        reportFile = open("report", options.report(), opened);
        snapshotFile = open("save", options.snapshot().save(), opened);
        live = options.network().capturesToStandardOutput()
                ? Optional.of(new HostOutput(new FileOutputStream(FileDescriptor.out), outputClosed))
                : Optional.empty();
        pcapFile = live.isPresent()
                ? Optional.empty()
                : open("pcap", options.network().pcap(), opened);
        pcap = pcapFile.<OutputStream>map(file -> file)
                .or(() -> live.map(HostOutput::stream))
                .map(PcapngWriter::new);
    }

    private static Optional<OutputFile> open(String option, Optional<Path> file, Deque<AutoCloseable> opened)
            throws UsageError {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        OutputFile output = new OutputFile(option, file.get());
        opened.push(output);
        return Optional.of(output);
    }

    /** Takes frames, if they are wanted. */
    Optional<PcapngWriter> pcap() {
        return pcap;
    }

    /** The run is to end: a reader who has stopped is not waited for. */
    void hurry() {
        live.ifPresent(HostOutput::hurry);
    }

    /** Puts them in their places; false, and a line for the user for each that failed, if not all could be written. */
    boolean complete(RunReport report, Board board) {
        live.ifPresent(HostOutput::close);
        boolean saved =
                complete("save", snapshotFile, file -> Snapshot.of(board).writeTo(file));
        return saved & write(report) & completeCapture();
    }

    private boolean write(RunReport report) {
        return complete("report", reportFile, file -> file.write(report.toJson().getBytes(StandardCharsets.UTF_8)));
    }

    private boolean completeCapture() {
        Optional<IOException> failure = pcap.flatMap(PcapngWriter::takeFailure);
        return complete("pcap", pcapFile, file -> {
            if (failure.isPresent()) {
                throw failure.get();
            }
        });
    }

    private interface Last {
        void write(OutputFile file) throws IOException;
    }

    /** Puts an output file in its place after {@code last}. */
    private static boolean complete(String option, Optional<OutputFile> output, Last last) {
        if (output.isEmpty()) {
            return true;
        }
        try (OutputFile file = output.get()) {
            last.write(file);
            file.complete();
            return true;
        } catch (IOException e) {
            System.err.printf("picorn: the file of --%s could not be written: %s%n", option, e.getMessage());
            return false;
        }
    }
}
