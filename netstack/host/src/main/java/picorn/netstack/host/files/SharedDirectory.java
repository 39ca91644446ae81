// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A directory of the host whose regular files may be read, and nothing outside it: no "..", no symbolic link that leads out. */
public final class SharedDirectory {
    private final Path root;

    private SharedDirectory(Path root) {
        this.root = root;
    }

    /**
     * A directory.
     *
     * @param root which one
     * @return it
     * @throws IOException when it is none; the message is one line for the user
     */
    public static SharedDirectory of(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException("%s: it is no directory; create it or name another".formatted(root));
        }
        return new SharedDirectory(root.toRealPath());
    }

    /**
     * Opens a file to be read.
     *
     * @param name its path below the directory, parts separated by '/', with or without one in front
     * @return the file
     * @throws IOException if there is no such file, or it may not be read; to whoever asked that is the same
     */
    FileChannel open(String name) throws IOException {
        try {
            Path real = root.resolve(relative(name)).toRealPath();
            if (real.startsWith(root) && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (InvalidPathException e) {
            // no name of a file
        }
        throw new NoSuchFileException(name);
    }

    private static Path relative(String name) throws IOException {
        Path relative = Path.of("");
        for (String part : name.split("/")) {
            if (part.equals("..") || part.indexOf('\\') >= 0 || part.indexOf('\0') >= 0) {
                throw new NoSuchFileException(name);
            }
            relative = relative.resolve(part);
        }
        return relative;
    }
}
