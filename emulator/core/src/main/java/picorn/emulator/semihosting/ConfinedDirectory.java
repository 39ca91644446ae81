// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A directory of the host whose regular files a guest may read, write, create and remove, and nothing outside it: no absolute name,
 * no "..", no way through a symbolic link that leads out.
 */
public final class ConfinedDirectory {
    /** Files that a guest may create beyond those it removes, so that it cannot fill a disk with empty ones. */
    private static final int MOST_NEW_FILES = 1000;

    private final Path root;
    private int newFiles;

    private ConfinedDirectory(Path root) {
        this.root = root;
    }

    /**
     * The directory {@code root}.
     *
     * @throws IOException when it is none; the message is one line for the user
     */
    public static ConfinedDirectory of(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException("%s: it is no directory; create it or name another".formatted(root));
        }
        return new ConfinedDirectory(root.toRealPath());
    }

    FileChannel open(String name, OpenMode mode) throws Refusal {
        try {
            Path file = resolve(name);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return create(file, mode);
            }
            Path real = inside(file.toRealPath());
            requireRegular(real);
            return channel(real, mode);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private FileChannel create(Path file, OpenMode mode) throws IOException, Refusal {
        if (!mode.creates()) {
            throw Errno.ENOENT.refusal();
        }
        if (newFiles >= MOST_NEW_FILES) {
            throw Errno.ENOSPC.refusal();
        }
        FileChannel channel = channel(file, mode);
        newFiles++;
        return channel;
    }

    private static FileChannel channel(Path file, OpenMode mode) throws IOException {
        Set<OpenOption> options = new HashSet<>(mode.options());
        options.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options);
    }

    void remove(String name) throws Refusal {
        try {
            Path file = resolve(name);
            requireRegular(file);
            Files.delete(file);
            newFiles--;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    void rename(String from, String to) throws Refusal {
        try {
            Path source = resolve(from);
            Path target = resolve(to);
            requireRegular(source);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                requireRegular(target);
            }
            Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** The file that {@code name} means; all of it but the last part is real, exists and is inside. */
    private Path resolve(String name) throws IOException, Refusal {
        Path path = parse(name);
        if (path.isAbsolute() || path.getRoot() != null || name.isEmpty()) {
            throw Errno.EACCES.refusal();
        }
        Path relative = Path.of("");
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw Errno.EACCES.refusal();
            }
            relative = part.toString().equals(".") ? relative : relative.resolve(part);
        }
        Path file = root.resolve(relative);
        if (file.equals(root)) {
            throw Errno.EISDIR.refusal();
        }
        return inside(file.getParent().toRealPath()).resolve(file.getFileName());
    }

    private static Path parse(String name) throws Refusal {
        if (name.indexOf('\0') >= 0) {
            throw Errno.EINVAL.refusal();
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw Errno.EINVAL.refusal();
        }
    }

    private Path inside(Path real) throws Refusal {
        if (!real.startsWith(root)) {
            throw Errno.EACCES.refusal();
        }
        return real;
    }

    /** No directory, no link, and nothing that blocks when it is opened. */
    private static void requireRegular(Path file) throws Refusal {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Errno.ENOENT.refusal();
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Errno.EISDIR.refusal();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Errno.EACCES.refusal();
        }
    }

    private static Refusal refusal(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Errno.ENOENT.refusal();
        }
        return e instanceof AccessDeniedException ? Errno.EACCES.refusal() : Errno.EIO.refusal();
    }
}
