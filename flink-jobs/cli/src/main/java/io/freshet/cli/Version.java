/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build wrote. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("Cannot find version.properties on the class path: the build is incomplete");
            }
            build.load(in);
        }
        return new String[] {"freshet " + build.getProperty("version")};
    }
}
