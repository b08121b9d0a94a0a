# Stands in for eclipse-temurin:17-jre, and is the base of the other two.
FROM scratch
ADD rootfs.tar /
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
CMD ["/bin/bash"]
