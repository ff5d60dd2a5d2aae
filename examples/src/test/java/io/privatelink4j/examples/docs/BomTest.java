package io.privatelink4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so nothing but this keeps it in step with the build. */
class BomTest {
  private static final List<String> NOT_FOR_SERVICES = List.of("core/bom", "examples");

  private static Document pom(String folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Documents.ROOT.resolve(folder).resolve("pom.xml").toFile());
  }

  private static List<String> texts(Document pom, String path) throws Exception {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent().strip())
        .toList();
  }

  @Test
  void bom_hasTheVersionOfTheBuild() throws Exception {
    assertThat(texts(pom("core/bom"), "/project/version"))
        .isEqualTo(texts(pom("."), "/project/version"));
  }

  @Test
  void bom_namesEveryModuleThatServicesDependOn() throws Exception {
    List<String> names =
        texts(pom("."), "/project/modules/module").stream()
            .filter(module -> !NOT_FOR_SERVICES.contains(module))
            .map(module -> "privatelink4j-" + Path.of(module).getFileName())
            .toList();

    assertThat(texts(pom("core/bom"), "//dependencyManagement//artifactId"))
        .containsExactlyInAnyOrderElementsOf(names);
  }
}
